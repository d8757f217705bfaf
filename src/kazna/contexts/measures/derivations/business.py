"""Derivations over income of one's own business: declarations of entrepreneurs, months of payers of НПД.

Only those whom a register shows in business wait for the tax service's answer: nobody else is asked, nobody else is
unknown. `registered_by` names the kind of facts that tells the registration.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivation
from kazna.contexts.measures.derivations.windows import share, window
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.periods import Period, add_months, month_end

YEARS_BACK = 2  # a series tells the year of the application and so many before it
Years = dict[int, Fact]


def _told(asked: Asked) -> Years:
    """The newest answer about each year."""
    return {int(fact.value["year"]): fact for fact in asked.book.about(asked.kind, asked.person_id)}


def _registrations(asked: Asked) -> list[Period]:
    kind = asked.options["registered_by"]
    return [Period(fact.valid_from, fact.valid_to) for fact in asked.book.about(kind, asked.person_id)]


def _in_business(month: date, registrations: list[Period]) -> bool:
    return any(period.overlaps(Period(month, add_months(month, 1))) for period in registrations)


def _declared(asked: Asked, told: Years, year: int) -> int | None:
    """Kopecks of the whole year; an answer given before its end tells of a part of it and does not count."""
    if year not in told or told[year].known_on <= date(year, 12, 31):
        return None
    kopecks = told[year].value.get(asked.spec["path"])
    return None if kopecks is None else int(kopecks)


@derivation("tax_year_sum")
def tax_year_sum(asked: Asked) -> int:
    """Kopecks declared for the tax year before the application: a twelfth of it is counted in each month.

    Zero for who was registered in no month of the window and of whom no such answer is known.
    """
    year, told = asked.case_date.year - 1, _told(asked)
    registrations = _registrations(asked)
    if (kopecks := _declared(asked, told, year)) is not None:
        return kopecks
    if any(_in_business(month, registrations) for month in window(asked.case_date)):
        raise NotKnown
    return 0


@derivation("tax_year_series")
def tax_year_series(asked: Asked) -> dict[str, Any]:
    """Kopecks declared for a year, divided evenly by the months of it in which the person was registered.

    By all twelve where no registration in the year is known. Of the year of the application and two before it; a
    month of registration in a year nobody answered for is unknown, another month is zero.
    """
    told, registrations = _told(asked), _registrations(asked)

    def amount(month: date) -> int | None:
        year = month.year
        months = [date(year, n, 1) for n in range(1, 13)]
        counted = [one for one in months if _in_business(one, registrations)]
        if (kopecks := _declared(asked, told, year)) is None:
            return None if month in counted else 0
        parts = counted or months
        return share(kopecks, parts.index(month) + 1, len(parts)) if month in parts else 0

    return _series(asked, amount, is_known=bool(told or registrations))


@derivation("registered_sum")
def registered_sum(asked: Asked) -> int:
    """Kopecks over the window of who answers month by month; unknown where a month of registration is not told."""
    told, registrations = _told(asked), _registrations(asked)
    amounts = [_monthly(asked, month, told, registrations) for month in window(asked.case_date)]
    if None in amounts:
        raise NotKnown
    return sum(amount or 0 for amount in amounts)


@derivation("registered_series")
def registered_series(asked: Asked) -> dict[str, Any]:
    """The same month by month, of the year of the application and two before it."""
    told, registrations = _told(asked), _registrations(asked)
    known = bool(told or registrations)
    return _series(asked, lambda month: _monthly(asked, month, told, registrations), is_known=known)


def _monthly(asked: Asked, month: date, told: Years, registrations: list[Period]) -> int | None:
    """An answer given before a month ended does not count.

    Where no registration is on record the last answer tells of it.
    """
    if month.year in told and told[month.year].known_on > month_end(month):
        return int((told[month.year].value.get(asked.spec["path"]) or {}).get(f"{month:%m}", 0))
    if registrations:
        return None if _in_business(month, registrations) else 0
    last = max((year for year in told if year <= month.year), default=None)
    return None if last is not None and told[last].value.get("registered") else 0


def _series(asked: Asked, amount: Any, *, is_known: bool) -> dict[str, Any]:
    """Months of the years told; for who never had a business all months are zero."""
    first = asked.case_date.year - YEARS_BACK
    if not is_known:
        return {"from": f"{first}-01", "months": [], "rest": 0}
    months = [date(year, month, 1) for year in range(first, asked.case_date.year + 1) for month in range(1, 13)]
    return {"from": f"{first}-01", "months": [amount(month) for month in months], "rest": None}
