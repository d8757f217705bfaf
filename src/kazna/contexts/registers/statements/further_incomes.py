"""Answers of the tax service beside those of tax agents: entrepreneurs, payers of НПД, payers of contributions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kazna.contexts.integration.public import PaymentsAnswered, PersonRef, YearIncomeAnswered
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card
from kazna.contexts.registers.statements.agency_answers import asked_person

KINDS = {"entrepreneur": "income.entrepreneur", "self_employed": "income.self_employed"}
ENTREPRENEUR, PAYER = "tax.entrepreneur", "tax.self_employed"


def record_year_income(desk: Desk, told: YearIncomeAnswered) -> None:
    """Income of one year and one nature. Kopecks."""
    card = asked_person(desk, told.person)
    value: dict[str, object] = {"year": told.year, "kopecks": told.kopecks, "months": _months(told.kopecks_by_month)}
    if told.nature == "self_employed":
        value["registered"] = told.is_registered
    _put_year(desk, card, KINDS[told.nature], told.year, value)
    _know_registration(desk, card, told)
    know_inn(desk, card, told.person)


def record_payments(desk: Desk, told: PaymentsAnswered) -> None:
    """One fact per year told; a year of which nothing is told says nothing."""
    card = asked_person(desk, told.person)
    years: dict[int, dict[int, int]] = defaultdict(dict)
    for (year, month), kopecks in told.kopecks_by_month.items():
        years[year][month] = kopecks
    for year, months in sorted(years.items()):
        _put_year(desk, card, "income.payments", year, {"year": year, "months": _months(months)})
    know_inn(desk, card, told.person)


def _know_registration(desk: Desk, card: Card, told: YearIncomeAnswered) -> None:
    """Keep that the person is in business: the answer about the income goes stale, the registration does not.

    It runs from the first year told of until a later year is told of without it. Declarations never tell its end.
    """
    first, end = date(told.year, 1, 1), date(told.year + 1, 1, 1)
    kind = PAYER if told.nature == "self_employed" else ENTREPRENEUR
    covering = [
        one
        for one in desk.book.live(card.person_id, kind)
        if one.valid_from < end and (one.valid_to is None or first < one.valid_to)
    ]
    if not told.is_registered:
        for one in (one for one in covering if one.source == desk.source and one.thing.startswith("told/")):
            desk.put(
                kind, card.person_id, one.valid_from, one.value, valid_to=max(first, one.valid_from), thing=one.thing
            )
    elif not covering:
        value = {"ogrnip": None, "okved": None} if kind == ENTREPRENEUR else {}
        desk.put(kind, card.person_id, first, value, valid_to=_end(desk, card, told), thing=f"told/{told.year}")


def _end(desk: Desk, card: Card, told: YearIncomeAnswered) -> date | None:
    answers = [one.value for one in desk.book.live(card.person_id, KINDS[told.nature])]
    later = [one["year"] for one in answers if one.get("registered") is False and one["year"] > told.year]
    return date(min(later), 1, 1) if later else None


def know_inn(desk: Desk, card: Card, told: PersonRef | None) -> None:
    """Keep the ИНН a holder names: some questions can be asked by it only."""
    if told and told.inn:
        desk.put("person.inn", card.person_id, card.birth_date or desk.on, {"inn": told.inn}, thing="inn")


def _months(kopecks: dict[int, int]) -> dict[str, int]:
    return {f"{month:02d}": amount for month, amount in sorted(kopecks.items())}


def _put_year(desk: Desk, card: Card, kind: str, year: int, value: dict[str, object]) -> None:
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    desk.put(kind, card.person_id, first, value, valid_to=end, thing=str(year))
