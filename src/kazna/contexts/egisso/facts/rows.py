"""Facts in our words → rows of the tables and facts of the spine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from kazna.contexts.egisso.control.facts import FORMS
from kazna.contexts.egisso.control.known import KnownMeasure
from kazna.contexts.egisso.messages.shape import Plain

MONTHLY = "02"
LEVEL_WORDS = {"01": "federal", "02": "region", "03": "municipality"}


def kopecks(text: str | None) -> int:
    """ "14506,00" → 1450600. What is not a number counts as nothing, the schema has let it through as text."""
    try:
        return int((Decimal((text or "0").replace(",", ".")) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        return 0


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def provision_of(fact: Plain) -> tuple[str, int]:
    """Form code and the money of it: the amount, or the equivalent of what is not money."""
    for name, inside in fact.get("provision", {}).items():
        return FORMS.get(name, ""), kopecks(inside.get("equivalentAmount") or inside.get("amount"))
    return "", 0


def with_amount(fact: Plain, amount: str | None, quantity: str | None) -> Plain:
    """The fact with another size: money for money, the equivalent (and the count) for the rest."""
    provision = dict(fact.get("provision", {}))
    for name, inside in provision.items():
        changed = dict(inside)
        if amount is not None:
            changed["equivalentAmount" if "equivalentAmount" in inside else "amount"] = amount
        if quantity is not None and "equivalentAmount" in inside:
            changed["amount"] = quantity
        provision[name] = changed
    return {**fact, "provision": provision}


def spine_value(
    ident: str, card: Plain, measure: KnownMeasure | None, law: Mapping[str, str], sum_kopecks: int
) -> Plain:
    """The value of a `measure.assigned` fact: the measure of the law when the local one prints it."""
    measure_id = str(card.get("measure_id", "")).lower()
    return {
        "measure": law.get(measure_id, f"lmsz/{measure_id}"),
        "amount_kopecks": sum_kopecks,
        "period": "month" if measure and measure.periodicity == MONTHLY else "once",
        "level": LEVEL_WORDS.get(measure.level if measure else "", "region"),
        "decision": None,
        "title": measure.title if measure else "",
        "body": card.get("body", ""),
        "egisso": ident,
    }


def assignment_row(
    ident: UUID, card: Plain, *, line: str, provider: str, person: tuple[UUID, str] | None,
    measure: KnownMeasure | None, package_id: UUID | None, on: date, is_own: bool = False,
) -> list[Any]:  # fmt: skip
    """Columns of egisso_assignment in the order of COLUMNS."""
    form, sum_kopecks = provision_of(card)
    return [
        ident, line, provider, card["body"], card["receiver"]["snils"], person[0] if person else None,
        person[1] if person else "", UUID(card["measure_id"]), UUID(card["category_id"]),
        measure.msz if measure else "", card["decided_on"], card["first_day"], card.get("last_day"), form, sum_kopecks,
        "active", card, package_id, on, is_own,
    ]  # fmt: skip


COLUMNS = (
    "id", "line", "provider", "body", "snils", "person_id", "territory", "measure_id", "category_id", "msz",
    "decided_on", "first_day", "last_day", "form", "amount_kopecks", "state", "card", "package_id", "recorded_on",
    "is_own",
)  # fmt: skip
CHANGE_COLUMNS = ("id", "assignment_id", "action", "ground", "line", "card", "package_id", "recorded_on", "seq")
