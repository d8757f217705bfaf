"""Figures of a body's queue: exact while few cases wait, as counted last where hundreds of thousands do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from kazna.contexts.cases import public as cases
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.plumbing.kept import Kept, Key

NOBODY_WAITS = dict.fromkeys(("all", "late", "soon", "later", "free", "mine"), 0)


@dataclass(frozen=True, slots=True)
class OfQueue:
    """Sizes: all, late, soon, later, free and mine; measures that wait, code → title; who has how much.

    `counted_at` None: figures will come.
    """

    sizes: dict[str, int]
    measures: dict[str, str] = field(default_factory=dict)
    loads: list[cases.workplace.Load] = field(default_factory=list)
    counted_at: datetime | None = None


def _seen_by(place: Key) -> AbstractContextManager[None]:
    """Counted beside with the powers of any officer of the body; the key is the territory."""
    body, territory = place
    return acting_as(Viewer("officer", "figures", body, territory))


def _queue(place: Key) -> dict[str, Any]:
    body, _territory = place
    day = clock.today()
    return {
        "sizes": cases.workplace.counts(body=body, on=day),
        "measures": cases.workplace.measures_waiting(body=body),
        "loads": [asdict(one) for one in cases.workplace.load(body=body, on=day)],
    }


def _appeals(place: Key) -> list[dict[str, Any]]:
    year = int(place[1])
    return [asdict(one) for one in cases.appeals.statistics(first=date(year, 1, 1), last=date(year, 12, 31))]


queues = Kept("queue", _queue, is_small=lambda place: cases.workplace.few_wait(body=place[0]), within=_seen_by)
matters = Kept("matters", lambda place: registers.matters_open(territory=place[1]), within=_seen_by)
appeals = Kept("appeals", _appeals, within=lambda place: _seen_by((place[0], "")))
bodies = Kept("bodies", lambda _place: [asdict(one) for one in cases.workplace.bodies()])
post = Kept("post", payments.plans.post_month, within=lambda place: _seen_by((place[0], "")))
heirs = Kept("heirs", payments.plans.inheritances_told, within=lambda place: _seen_by((place[0], "")))


def of_queue(viewer: Viewer) -> OfQueue:
    """Of the viewer's body."""
    told = queues.get(viewer.body, viewer.territory)
    if told is None:
        return OfQueue(NOBODY_WAITS)
    found = told.figures
    loads = [_load(one) for one in found["loads"]]
    mine = next((one.waiting for one in loads if one.login == viewer.login), 0)
    return OfQueue({**found["sizes"], "mine": mine}, found["measures"], loads, told.counted_at)


def of_matters(viewer: Viewer) -> dict[str, int]:
    """Conflicts and doubles that wait; empty until they are counted."""
    told = matters.get(viewer.body, viewer.territory)
    return told.figures if told else {}


def other_bodies() -> list[cases.workplace.BodyLoad]:
    """All bodies, the latest first."""
    told = bodies.get()
    return [cases.workplace.BodyLoad(**one) for one in told.figures] if told else []


def _load(told: dict[str, Any]) -> cases.workplace.Load:
    oldest = told["oldest"] and date.fromisoformat(told["oldest"])
    return cases.workplace.Load(**{**told, "oldest": oldest})
