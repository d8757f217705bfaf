"""Figures of a body's queue: exact while they are cheap, as counted last where hundreds of thousands of cases wait."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.plumbing.kept import Kept, KeptBy

CHEAP_SECONDS = 0.01
Key = tuple[str, str, date]  # body, territory, day: what the figures depend on


def _seen_by(key: Key) -> AbstractContextManager[None]:
    """Counted beside with the powers of any officer of the body."""
    body, territory, _day = key
    return acting_as(Viewer("officer", "figures", body, territory))


def _queue(key: Key) -> dict[str, Any]:
    body, _territory, day = key
    return {
        "sizes": cases.workplace.counts(body=body, on=day),
        "measures": cases.workplace.measures_waiting(body=body),
        "matters": registers.matters_open(),
    }


def _loads(key: Key) -> list[cases.workplace.Load]:
    body, _territory, day = key
    return cases.workplace.load(body=body, on=day)


_queues = KeptBy(_queue, exact_below=CHEAP_SECONDS, within=_seen_by)
_mine: KeptBy[tuple[Key, str], int] = KeptBy(
    lambda asked: cases.workplace.count_mine(body=asked[0][0], login=asked[1]),
    exact_below=CHEAP_SECONDS,
    within=lambda asked: _seen_by(asked[0]),
)
_all_loads = KeptBy(_loads, exact_below=CHEAP_SECONDS, within=_seen_by)
bodies = Kept(cases.workplace.bodies, exact_below=CHEAP_SECONDS)


def of_queue(viewer: Viewer) -> dict[str, Any]:
    """{"sizes": all, late, soon, later, free and mine, "measures" that wait, "matters": conflicts and doubles}."""
    key = (viewer.body, viewer.territory, clock.today())
    told, mine = _queues.get(key), _mine.get((key, viewer.login))
    return {**told, "sizes": {**told["sizes"], "mine": mine}}


def loads(viewer: Viewer) -> list[cases.workplace.Load]:
    """Who of the body has how much."""
    return _all_loads.get((viewer.body, viewer.territory, clock.today()))
