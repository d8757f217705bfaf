"""What an agency may ask of us, changed by two people: the shape of the change and how it is applied."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from kazna.contexts.administration.contracts import ChangeRefused
from kazna.contexts.administration.models import Change
from kazna.contexts.disclosure import public as disclosure

LONGEST_TARGET = 80
LISTS = ("fields", "territories", "changes")


def check_agreement(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """`target`: code of the system, a space, number of the agreement. Raises ChangeRefused."""
    code, number = parts(target)
    if len(target) > LONGEST_TARGET:
        raise ChangeRefused(why=f"код системы и номер соглашения вместе — до {LONGEST_TARGET} знаков")
    known = disclosure.agreement_terms(code=code, number=number)
    whole = {**after, **{name: sorted(after.get(name) or ()) for name in LISTS}}
    try:
        disclosure.check_agreement(code=code, title=str(after.get("title", "")), terms=terms(number, whole))
    except disclosure.ConsumerRefused as refusal:
        raise ChangeRefused(why=str(refusal).rstrip(".")) from None
    return (told(known) if known else {}), whole


def apply_agreement(row: Change) -> str:
    """The key of a new system (and the secret of its webhook), to be shown once; else nothing."""
    code, number = parts(row.target)
    shown = disclosure.put_agreement(
        code=code, title=row.after["title"], terms=terms(number, row.after), certificate=row.after["certificate"]
    )
    return " ".join(filter(None, shown))


def told(known: disclosure.AgreementView) -> dict[str, Any]:
    """An agreement as a change keeps it."""
    one = known.terms
    return {
        "title": known.title, "certificate": known.certificate, "purpose": one.purpose,
        "legal_ground": one.legal_ground, **{name: sorted(getattr(one, name)) for name in LISTS},
        "needs_consent": one.needs_consent, "per_minute": one.per_minute, "per_day": one.per_day,
        "valid_from": one.valid_from.isoformat(), "valid_to": one.valid_to.isoformat() if one.valid_to else "",
        "webhook_url": one.webhook_url, "is_active": known.is_active,
    }  # fmt: skip


def terms(number: str, told: dict[str, Any]) -> disclosure.NewAgreement:
    return disclosure.NewAgreement(
        number=number, purpose=told["purpose"], legal_ground=told["legal_ground"], fields=tuple(told["fields"]),
        territories=tuple(told["territories"]), changes=tuple(told["changes"]), needs_consent=told["needs_consent"],
        per_minute=told["per_minute"], per_day=told["per_day"], valid_from=date.fromisoformat(told["valid_from"]),
        valid_to=date.fromisoformat(told["valid_to"]) if told["valid_to"] else None, webhook_url=told["webhook_url"],
    )  # fmt: skip


def parts(target: str) -> tuple[str, str]:
    found = re.fullmatch(r"([a-z0-9-]{2,40}) ([^\s\x00][^\x00\n]{0,59})", target)
    if found is None:
        raise ChangeRefused(why="код системы — 2–40 латинских строчных букв, цифр и дефисов, номер — до 60 знаков")
    return found[1], found[2]
