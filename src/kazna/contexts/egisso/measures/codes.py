"""The full code of the КМСЗ of a local measure, put together from its card in the register."""

from __future__ import annotations

import re

from kazna.contexts.egisso.models import Body, LocalMeasure

FULL = re.compile(r"\d{4}\.\d{8}\.\d{2}\.\d{4}\.\d{2}\.\d{6}")


def full_code(measure_id: str, category_id: str) -> str | None:
    """«msz.category.level.funding.form.part»; None when the register has no such card or the card lacks a part."""
    row = LocalMeasure.objects.filter(pk=measure_id).first()
    if row is None:
        return None
    card = row.card
    category = next((c for c in card.get("categories", ()) if str(c.get("id", "")).lower() == category_id.lower()), {})
    share = next(iter(card.get("shares", ())), {})
    parts = (
        card.get("msz"), category.get("category"), card.get("level"), share.get("funding"), card.get("form"),
        card.get("part"),
    )  # fmt: skip
    code = ".".join(str(one or "") for one in parts)
    return code if FULL.fullmatch(code) else None


def body_title(code: str) -> str | None:
    """The name of a participant of the exchange by its code."""
    row = Body.objects.filter(pk=code).first()
    return row.title if row else None
