"""The `programme` section of passports: which measures need a programme and on what terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from kazna.contexts.measures import public as measures
from kazna.contexts.programmes.contracts import NoProgramme, Terms

_needing: dict[str, frozenset[str]] = {}  # measures by the law they are of; gathered once for each


def terms_of(measure: str, on: date) -> Terms:
    """Terms in force on a day. Raises NoProgramme."""
    found = all_terms(on).get(measure)
    if found is None:
        raise NoProgramme(measure=measure)
    return found


def all_terms(on: date) -> dict[str, Terms]:
    """Every measure with a programme in force on the day, by title."""
    library = measures.law_in_force()
    found = {}
    for measure, editions in library.measures.items():
        edition = next((one for one in reversed(editions) if one.holds(on)), None)
        section = edition.document["passport"].get("programme") if edition else None
        if section and edition:
            found[measure] = _terms(measure, section, _limit(library, section.get("limit"), on))
    return found


def has_programme(measure: str) -> bool:
    """Whether any edition of the measure needs a programme, whatever the day."""
    library = measures.law_in_force()
    if library.digest not in _needing:
        _needing.clear()
        _needing[library.digest] = frozenset(
            measure
            for measure, editions in library.measures.items()
            if any(edition.document["passport"].get("programme") for edition in editions)
        )
    return measure in _needing[library.digest]


def titles(on: date) -> dict[str, str]:
    """Measure → short title, for lists."""
    library = measures.law_in_force()
    return {measure: library.measures[measure][-1].short_title for measure in all_terms(on)}


def _terms(measure: str, section: dict[str, Any], limit: int | None) -> Terms:
    reports, watch = section["reports"], section.get("monitoring") or {}
    return Terms(
        measure=measure, title=section["title"], months=section["months"], fact=section["fact"],
        costs=bool(section.get("costs")), once=bool(section.get("once")), employment=bool(section.get("employment")),
        limit_kopecks=limit, beside=tuple(section.get("beside") or ()), asks=dict(section.get("asks") or {}),
        steps=tuple(section.get("steps") or ()), report_months=reports.get("every_months", 1),
        report_days=reports["within_days"], watch_months=watch.get("months", 0),
        watch_every=watch.get("every_months", 3), income=watch.get("income", ""),
        income_months=watch.get("income_months", 1), size=watch.get("size", ""),
    )  # fmt: skip


def _limit(library: Any, parameter: str | None, on: date) -> int | None:
    row = library.parameters[parameter].row(None, on) if parameter else None
    return row.value if row else None
