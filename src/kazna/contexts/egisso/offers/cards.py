"""Cards of local measures as an offer tells them: the recorded card, else the one the rule prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.egisso import state
from kazna.contexts.egisso.measures.drafts import clean, modern
from kazna.contexts.egisso.measures.printed import print_card
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.egisso.models import LocalMeasure

FORMS = {"01": "денежная", "02": "натуральная", "03": "льгота", "04": "услуга", "05": "электронный сертификат"}
WAYS = {"1": "бумажная", "2": "электронная", "3": "решение"}
# own_: names of the ways of applying; the list of codes was not published
METHODS = {"01": "В органе, который назначает меру", "02": "На портале государственных услуг",
           "03": "В многофункциональном центре", "04": "По почте"}  # fmt: skip
FRGU = re.compile(r"\d{9,30}")
ORIGIN = re.compile(r"[а-яА-ЯёЁ\-][а-яА-ЯёЁ\-\s',.]{0,49}")


def card_of(measure: str, lmsz_id: UUID, on: date) -> Plain:
    """The card recorded in the register, or printed from the rule until it is; nothing is known: an empty one."""
    row = LocalMeasure.objects.filter(pk=lmsz_id, removed_on=None).first()
    if row:
        return modern(row.card)
    return print_card(measure, on=on).card if measure else {}


def offered(card: Plain, lmsz_id: UUID, on: date, points: list[str], shown_when: list[Plain]) -> Plain:
    """A measure of an offer, in our words, fitted to what the album leaves room for."""
    periods = state.names_of_lists(on)["periodicity"]
    told: dict[str, Any] = {
        "id": str(lmsz_id), "level": int(card["level"]), "form": FORMS.get(str(card.get("form")), "денежная"),
        "periodicity": periods.get(str(card.get("periodicity")), "не установлена")[:50], "title": card["title"],
        "territories": card["territories"], "acts": card["acts"], "estimation": card.get("estimation"),
        "cases": card.get("cases", "")[:2000], "conditions": card.get("conditions", "")[:2000],
        "methods": [METHODS.get(code := str(one.get("method")), f"Способ {code}") for one in _listed(card, "methods")],
        "request_forms": [WAYS[one] for one in card.get("request_forms") or ["2"]],
        "answer_forms": [WAYS[one] for one in card.get("answer_forms") or ["2"]],
        "papers": [_paper(one) for one in _listed(card, "papers")],
        "steps": [{"number": one["stepNumber"], "short": one["stepH"], "whole": one["stepDescr"]}
                  for one in card.get("steps") or ()],
        "points": points, "shown_when": shown_when,
    }  # fmt: skip
    for name in ("frgu", "frgu_purpose"):
        if FRGU.fullmatch(str(card.get(name, ""))):
            told[name] = card[name]
    return dict(clean(told))


def _listed(card: Mapping[str, Any], name: str) -> list[Plain]:
    return list(card.get(name) or ({"method": "01"} if name == "methods" else {"documentTypeName": "Не нужны"},))


def _paper(one: Plain) -> Plain:
    origin = str(one.get("documentOrigin", ""))
    return {
        "title": one["documentTypeName"], "comment": one.get("documentComment"),
        "origin": origin if ORIGIN.fullmatch(origin) else "оригинал", "count": str(one.get("documentQ") or 1),
        "is_needed": str(one.get("documentNess", "false")).lower() in ("true", "1"),
    }  # fmt: skip
