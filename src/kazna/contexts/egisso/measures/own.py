"""Measures of the law as local measures: the passports of the rules name their ids in the register."""

from __future__ import annotations

from functools import cache
from typing import Any

from kazna.contexts.egisso.control.known import KnownMeasure
from kazna.contexts.measures import public as measures

FORMS = {"cash": "01", "certificate": "01", "in_kind": "02", "discount": "03", "service": "04"}
LEVELS = {"federal": "01", "region": "02", "municipality": "03"}
PERIODS = {"month": "02", "once": "01", "year": "05", "quarter": "03"}


@cache
def law_measures() -> dict[str, str]:
    """Ids of measures of the law by the id of their local measure."""
    return {
        str(edition.document["passport"]["egisso"]["lmsz_id"]).lower(): card.measure
        for card in measures.measures_list()
        for edition in card.editions
        if "egisso" in edition.document["passport"]
    }


def own_measures(*, released: bool = False) -> dict[str, KnownMeasure]:
    """Every local measure that a rule of the law prints; editions of one measure unite their periods.

    `released`: as the release has the law, without what was published since; asks no database.
    """
    found: dict[str, KnownMeasure] = {}
    for card in measures.released_measures() if released else measures.measures_list():
        for edition in card.editions:
            if "egisso" in edition.document["passport"]:
                _add(found, edition.document)
    return found


def _add(found: dict[str, KnownMeasure], document: dict[str, Any]) -> None:
    passport = document["passport"]["egisso"]
    first, last = _day(document["edition"].get("from")), _day(document["edition"].get("to"))
    measure = found.get(ident := str(passport["lmsz_id"]).lower())
    if measure is None:
        measure = found[ident] = KnownMeasure(
            first, last, "", {}, "", LEVELS.get(document["level"], "02"),
            PERIODS.get(str(document.get("period")), "07"), document["title"],
        )  # fmt: skip
    measure.first_day = min(measure.first_day, first)
    measure.last_day = max(measure.last_day, last) if measure.last_day and last else ""
    measure.categories.setdefault(str(passport["category_id"]).lower(), frozenset())


def _day(day: Any) -> str:
    return "" if day is None else str(day)[:10]
