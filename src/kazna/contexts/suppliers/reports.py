"""The weekly reports of source document 003: registration of bodies (2.3.4), loading of facts (2.3.6), 2.3.5 beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kazna.contexts.suppliers.models import Application, Holding, Week

SILENT_WEEKS = 4


@dataclass(slots=True)
class Line:
    """A row of the report: a body, a municipality or a region. Shares are whole per cent, None without a base."""

    key: str
    title: str
    region: str
    bodies: int = 0
    silent: int = 0
    facts: int = 0
    facts_before: int = 0
    on_time: int = 0
    slowest_days: int = 0
    measures: int = 0
    unused: int = 0
    entitled: int = 0
    served: int = 0
    last_loaded_on: date | None = None

    @property
    def late(self) -> int:
        return self.facts - self.on_time

    @property
    def timeliness(self) -> int | None:
        return None if not self.facts else self.on_time * 100 // self.facts

    @property
    def completeness(self) -> int | None:
        return None if not self.entitled else self.served * 100 // self.entitled


@dataclass(slots=True)
class Registration:
    """Bodies of a region by the state of their registration; `new`: registered in the week."""

    region: str
    submitted: int = 0
    in_work: int = 0
    registered: int = 0
    refused: int = 0
    new: int = 0


@dataclass(slots=True)
class Report:
    """The report of a week (its Monday), by what it is grouped; `counted_on` None: nothing counted yet."""

    week: date
    lines: list[Line] = field(default_factory=list)
    registration: list[Registration] = field(default_factory=list)
    counted_on: date | None = None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def report(*, week: date, by: str = "body", region: str = "") -> Report:
    """Loading of a week beside the week before, by body, municipality or region. Three queries.

    The viewer's rows only: the database hides other regions from a branch.
    """
    week = monday(week)
    key_of: Callable[[Holding], str] = {
        "municipality": lambda one: one.oktmo[:8], "region": lambda one: one.region,
    }.get(by, lambda one: one.body)  # fmt: skip
    lines: dict[str, Line] = {}
    place: dict[str, Line] = {}
    counted = None
    for one in _of(region, Holding.objects.order_by("region", "oktmo", "body")):
        key = key_of(one)
        line = lines.setdefault(key, Line(key, one.title if by == "body" else key, one.region))
        place[one.body] = line
        counted = one.counted_on
        line.bodies += 1
        line.silent += one.last_loaded_on is None or one.last_loaded_on < week - timedelta(weeks=SILENT_WEEKS)
        line.measures, line.unused = line.measures + one.measures, line.unused + one.unused
        line.entitled, line.served = line.entitled + one.entitled, line.served + one.served
        line.last_loaded_on = max(filter(None, (line.last_loaded_on, one.last_loaded_on)), default=None)
    for row in _of(region, Week.objects.filter(week__in=[week, week - timedelta(weeks=1)])):
        if (found := place.get(row.body)) is None:
            continue
        if row.week == week:
            found.facts, found.on_time = found.facts + row.facts, found.on_time + row.on_time
            found.slowest_days = max(found.slowest_days, row.slowest_days)
        else:
            found.facts_before += row.facts
    return Report(week, list(lines.values()), _registration(week, region), counted)


def _registration(week: date, region: str) -> list[Registration]:
    found: dict[str, Registration] = defaultdict(lambda: Registration(""))
    for one in _of(region, Application.objects.only("region", "state", "decided_at")):
        row = found[one.region]
        row.region = one.region
        setattr(row, one.state, getattr(row, one.state) + 1)
        decided = one.decided_at.date() if one.decided_at else None
        row.new += bool(one.state == "registered" and decided and week <= decided < week + timedelta(weeks=1))
    return sorted(found.values(), key=lambda one: one.region)


def _of(region: str, rows):  # type: ignore[no-untyped-def]
    return rows.filter(region=region) if region else rows
