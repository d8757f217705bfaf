"""The door of recounts: reconsideration of what the law changes, and indexation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from kazna.contexts.cases import models_indexation as rows
from kazna.contexts.cases.actions.plan_indexation import (
    IndexationHeld,
    NothingToIndex,
    count_indexation,
    plan_indexation,
    release_indexation,
    totals_of,
    with_totals,
)
from kazna.contexts.cases.actions.reconsider_awards import kind_of, reconsider_awards
from kazna.contexts.cases.actions.write_indexation import IndexationMoved, write_indexation
from kazna.contexts.cases.contracts import Indexation, LawLook, Reconsidered
from kazna.contexts.cases.models_indexation import IndexationRun
from kazna.contexts.cases.sources import Doors
from kazna.contexts.measures import public as measures
from kazna.events.cause import Cause

__all__ = [
    "IndexationHeld",
    "IndexationMoved",
    "NothingToIndex",
    "batches",
    "count",
    "indexation",
    "law_looks",
    "plan",
    "reconsider",
    "reconsider_these",
    "release",
    "write",
]
Advance = Callable[[int, int], None]


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


def reconsider(
    *, measures_named: Collection[str], on: date, now: datetime, dry: bool = False, progress: Advance = _quiet
) -> Reconsidered:
    """Count anew all awards of these measures, back to the right day: after a figure or an edition came late.

    A chunk at a time, each in its own transaction: cut off, it goes on where it was, what is right already is passed.
    """
    asked = added = overpaid = 0
    decisions: Counter[str] = Counter()
    names = sorted(measures_named)
    total = measures.standings_count(names)
    for chunk in measures.standings_of(names, Cause(None, now)):
        for _, verdict in reconsider_awards(chunk, on, Doors(), why="law", dry=dry):
            decisions[kind_of(verdict, "law").value] += 1
            for one in verdict.differences:
                change = one.month.due_kopecks - one.month.was_kopecks
                added, overpaid = added + max(change, 0), overpaid + max(-change, 0)
        asked += len(chunk)
        progress(asked, total)
    return Reconsidered(asked, dict(decisions), added, overpaid)


def reconsider_these(
    *, keys: Collection[tuple[str, UUID, UUID]], on: date, now: datetime
) -> set[tuple[str, UUID, UUID]]:
    """Count anew the awards of these (measure, subject, recipient) in one transaction; those that were decided.

    Awards of the former register that were never evaluated here have no question to ask again and are left to people.
    """
    touched = measures.standings(list(keys), Cause(None, now))
    return {matter.touched.key for matter, _ in reconsider_awards(touched, on, Doors())}


def plan(*, day: date, measures_named: Collection[str] = (), limit_percent: int, on: date, by: str) -> UUID:
    """Plan an indexation of all measures whose figures begin on a day, or of those named; its id.

    Raises NothingToIndex. One that was released and cut off is found again and goes on.
    """
    run = plan_indexation(day=day, measures=measures_named, limit_percent=limit_percent, on=on, by=by, sources=Doors())
    return run.id


def count(*, run_id: UUID, progress: Advance = _quiet) -> Indexation:
    """Count what the run comes to; nothing is written. Any number of processes at once."""
    count_indexation(run_id, Doors(), progress)
    return indexation(run_id=run_id)


def release(*, run_id: UUID) -> Indexation:
    """Let the run be written. Raises IndexationHeld when the sum changes by more than the run allows."""
    return release_indexation(run_id)


def write(*, run_id: UUID, now: datetime, progress: Advance = _quiet) -> Indexation:
    """Write a released run: decisions, awards, events. Any number of processes at once; cut off, it goes on.

    Raises IndexationMoved when awards came since it was counted.
    """
    write_indexation(run_id, Doors(), progress, now=now)
    return indexation(run_id=run_id)


def batches(*, limit: int = 50) -> list[Indexation]:
    """The newest runs with what they come to, as far as the viewer may see their chunks."""
    return with_totals(IndexationRun.objects.order_by("-recorded_at"))[:limit]


def law_looks(*, limit: int = 50) -> list[LawLook]:
    """Releases of the law whose late figures or editions touched awards, the newest first."""
    return [
        LawLook(row.on, tuple(row.measures), row.decisions)
        for row in rows.LawLook.objects.exclude(measures=[]).order_by("-number")[:limit]
    ]


def indexation(*, run_id: UUID) -> Indexation:
    """A run as it stands."""
    return totals_of(IndexationRun.objects.get(id=run_id))
