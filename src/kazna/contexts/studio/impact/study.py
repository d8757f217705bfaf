"""What a measure changed between two days: every territory of the last snapshot by itself, and all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.contracts import DaysTooClose, NoMinimum
from kazna.contexts.studio.impact.estimate import estimate
from kazna.contexts.studio.impact.families import Families, families, latest_start
from kazna.contexts.studio.scenarios.territory import Territory, opened_for_years
from kazna.rules import Library

LINE = "pm_per_capita"  # the subsistence minimum per head of a region
Advance = Callable[[int, int], None]


def study(
    *, territories: Sequence[Territory], library: Library, measure: str, since: date, until: date,
    advance: Advance = lambda done, total: None,
) -> dict[str, Any]:  # fmt: skip
    """Plain JSON fit to be shown; `whole` is all territories together. Raises DaysTooClose, NoMinimum."""
    if latest_start(until) <= since:
        raise DaysTooClose(since=f"{since:%d.%m.%Y}", until=f"{until:%d.%m.%Y}")
    found = []
    for done, one in enumerate(territories):
        advance(done, len(territories))
        found.append(_asked(one, library, measure, since, until))
    advance(len(territories), len(territories))
    rows = [{"territory": one.territory, **estimate([one])} for one in found]
    return {
        "measure": measure, "since": since.isoformat(), "until": until.isoformat(),
        "latest": latest_start(until).isoformat(), "taken_at": max(one.taken_at for one in territories).isoformat(),
        "whole": rows[0] if len(rows) == 1 else estimate(found), "regions": rows,
    }  # fmt: skip


def _asked(territory: Territory, library: Library, measure: str, since: date, until: date) -> Families:
    lines = tuple(_line(library, territory.code, on) for on in (since, until))
    database = opened_for_years(territory, measures.law_folder(), until)
    try:
        return families(database, territory.code, measure, (since, until), (lines[0], lines[1]))
    finally:
        database.close()


def _line(library: Library, region: str, on: date) -> int:
    row = library.parameters[LINE].row(region, on) if LINE in library.parameters else None
    if row is None:
        raise NoMinimum(region=region, day=f"{on:%d.%m.%Y}")
    return int(row.value) // 100
