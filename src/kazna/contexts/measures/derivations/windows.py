"""Derivations over the income window: twelve months that end one month before the month of application."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from kazna.contexts.measures.derivations.awards import _amounts
from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivation, sure_of_absence
from kazna.kernel.periods import add_months, full_years, month_end, month_start

WINDOW_MONTHS = 12
CARE_UNTIL_YEARS = 3
STUDY_UNTIL_YEARS = 23
PENSION_SPEC = {"kind": "pension"}


@lru_cache(maxsize=64)
def window(case_date: date) -> tuple[date, ...]:
    """First days of the months counted: an application in February 2026 gives January–December 2025."""
    first = add_months(month_start(case_date), -(WINDOW_MONTHS + 1))
    return tuple(add_months(first, n) for n in range(WINDOW_MONTHS))


class Month(NamedTuple):
    """A calendar month: its days `[first, next)`, and its name in answers, «01» to «12»."""

    first: date
    next: date
    last: date
    name: str


@lru_cache(maxsize=64)
def counted(case_date: date) -> tuple[Month, ...]:
    """The window, month by month."""
    return tuple(_month(first) for first in window(case_date))


@lru_cache(maxsize=256)
def _years(first: int, last: int) -> tuple[Month, ...]:
    return tuple(_month(date(year, month, 1)) for year in range(first, last + 1) for month in range(1, 13))


def _month(first: date) -> Month:
    return Month(first, add_months(first, 1), month_end(first), f"{first:%m}")


def _answers(asked: Asked) -> list[tuple[Month, dict[str, Any]]]:
    """The tax service's answer for each month of the window; one given before a month ended does not count."""
    by_year = {int(fact.value["year"]): fact for fact in asked.book.about(asked.kind, asked.person_id)}
    told = []
    for month in counted(asked.case_date):
        answer = by_year.get(month.first.year)
        if answer is None or answer.known_on <= month.last:
            raise NotKnown
        told.append((month, answer.value))
    return told


@derivation("window_sum")
def window_sum(asked: Asked) -> int:
    """Kopecks over the window. A month without a row in an answered year is zero.

    `year_path`: what is told of a year without months; a twelfth of the year before the application each month.
    """
    path, otherwise = asked.spec["path"], asked.options.get("otherwise_path")
    answers = _answers(asked)
    monthly = sum(
        int((answer.get(path) or answer.get(otherwise) or {}).get(month.name, 0)) for month, answer in answers
    )
    before = next(answer for month, answer in answers if month.first.year == asked.case_date.year - 1)
    return monthly + _of_year(asked, before)


def _of_year(asked: Asked, answer: dict[str, Any]) -> int:
    return int(answer.get(asked.options.get("year_path")) or 0)


@derivation("series")
def series(asked: Asked) -> dict[str, Any]:
    """Kopecks month by month: an answered year is complete, a year nobody answered for is unknown.

    A month that had not ended when the answer was given is unknown. `otherwise_path` as in `window_sum`; of what
    `year_path` tells each month has a twelfth.
    """
    path, otherwise = asked.spec["path"], asked.options.get("otherwise_path")
    by_year = {int(fact.value["year"]): fact for fact in asked.book.about(asked.kind, asked.person_id)}
    if not by_year:
        raise NotKnown
    first = min(by_year)
    amounts: list[int | None] = []
    for month in _years(first, max(by_year)):
        fact = by_year.get(month.first.year)
        if fact is None or fact.known_on <= month.last:
            amounts.append(None)
        else:
            told = fact.value.get(path) or fact.value.get(otherwise) or {}
            amounts.append(int(told.get(month.name, 0)) + share(_of_year(asked, fact.value), month.first.month, 12))
    return {"from": f"{first}-01", "months": amounts, "rest": None}


def share(kopecks: int, place: int, parts: int) -> int:
    """One of equal parts, counted from 1; all of them make up the whole to the kopeck."""
    return kopecks * place // parts - kopecks * (place - 1) // parts


@derivation("window_count")
def window_count(asked: Asked) -> int:
    """How many months of the window the answers mark under `path`."""
    return sum(month.name in (answer.get(asked.spec["path"]) or {}) for month, answer in _answers(asked))


@derivation("window_amount")
def window_amount(asked: Asked) -> int:
    """Kopecks of pensions and measures that were in payment on the first day of each month of the window."""
    return sum(sum(_amounts(asked, month)) for month in window(asked.case_date))


@derivation("window_months")
def window_months(asked: Asked) -> bool:
    """Was a fact of the kind in force in at least `at_least` months of the window?"""
    if len(_months_of(asked, asked.kind)) >= int(asked.options["at_least"]):
        return True
    if sure_of_absence(asked):
        return False
    raise NotKnown


@derivation("unemployed_months")
def unemployed_months(asked: Asked) -> int:
    """Months of the window in which the person was registered as unemployed, once the service has answered."""
    found = _months_of(asked, asked.kind) - _excused(asked)
    if not sure_of_absence(asked):
        raise NotKnown
    return len(found)


@derivation("excused_months")
def excused_months(asked: Asked) -> int:
    """Months of the window with a reason for having no income that the registers show.

    Care of a child under three (the mother, or the only parent), full-time study up to 23, service and
    imprisonment with three months after, a pension, another excuse on record. Unemployment is counted apart.
    """
    return len(_excused(asked))


def _excused(asked: Asked) -> set[date]:
    months = _months_of(asked, "care.excuse")
    for kind in ("military.service", "status.imprisoned"):
        months |= _months_of(asked, kind, months_after=3)
    born = asked.book.birth(asked.person_id)
    if born:
        months |= {m for m in _months_of(asked, "education.fulltime") if full_years(born, m) < STUDY_UNTIL_YEARS}
    months |= {m for m in window(asked.case_date) if _amounts(replace(asked, spec=PENSION_SPEC, options={}), m)}
    for child in asked.book.children(asked.person_id):
        if _cares_for(asked, child):
            months |= _months_under_three(asked, child)
    return months


def _cares_for(asked: Asked, child: Any) -> bool:
    parents = asked.book.parents(child)
    return asked.book.parent(child, "mother") == asked.person_id or parents == [asked.person_id]


def _months_under_three(asked: Asked, child: Any) -> set[date]:
    born, died = asked.book.birth(child), asked.book.death(child)
    if born is None:
        return set()
    until = max(born, min(add_months(born, 12 * CARE_UNTIL_YEARS), died or date.max))
    return _overlapping(asked, [(born, until)])


def _months_of(asked: Asked, kind: str, months_after: int = 0) -> set[date]:
    told = asked.book.about(kind, asked.person_id)
    return _overlapping(asked, [(f.valid_from, f.valid_to and add_months(f.valid_to, months_after)) for f in told])


def _overlapping(asked: Asked, periods: list[tuple[date, date | None]]) -> set[date]:
    """First days of months of the window that share a day with one of the periods `[from, to)`."""
    if not periods:
        return set()
    return {
        month.first
        for month in counted(asked.case_date)
        if any(start < month.next and (end is None or month.first < end) for start, end in periods)
    }


@derivation("claimed")
def claimed(asked: Asked) -> bool:
    """Is this child in the same application for the measure?"""
    if asked.person_id == asked.roles.get("child"):
        return True
    return any(
        fact.object_id == asked.person_id
        and fact.value.get("measure") == asked.options["measure"]
        and fact.valid_from == asked.case_date
        for kind in ("application", "consent")
        for fact in asked.book.about(kind, asked.applicant)
    )
