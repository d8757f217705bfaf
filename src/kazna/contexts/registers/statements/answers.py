"""Answers to our own questions: incomes of a year, registration as unemployed."""

from __future__ import annotations

from datetime import date, timedelta

from kazna.contexts.integration.public import IncomeAnswered, UnemploymentAnswered
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.statements.agency_answers import asked_person


def record_income(desk: Desk, told: IncomeAnswered) -> None:
    """Income of one year by months; no months is the answer "no income is known". Kopecks."""
    card = asked_person(desk, told.person)
    months = {f"{month:02d}": kopecks for month, kopecks in sorted(told.kopecks_by_month.items())}
    value: dict[str, object] = {"year": told.year, "months": months}
    if told.declared_kopecks:
        value["declared_kopecks"] = told.declared_kopecks
    year = date(told.year, 1, 1)
    end = date(told.year + 1, 1, 1)
    desk.put("income.year", card.person_id, year, value, valid_to=end, thing=str(told.year))


def record_unemployment(desk: Desk, told: UnemploymentAnswered) -> None:
    """Each period, and the fact that the service answered for a day."""
    card = asked_person(desk, told.person)
    asked_on = told.asked_on
    answer = {"asked_on": asked_on.isoformat(), "present": told.is_present}
    next_day = asked_on + timedelta(days=1)
    desk.put("unemployment.answer", card.person_id, asked_on, answer, valid_to=next_day, thing=asked_on.isoformat())
    for period in told.periods:
        since = period.start
        desk.put("unemployment", card.person_id, since, {}, valid_to=period.end, thing=since.isoformat())
