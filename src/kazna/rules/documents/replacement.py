"""Rows that a later act replaced: kept as history, never read when a rule is computed today.

An act may be replaced before it takes force (the subsistence minimum of 2022) or backwards (the value of a
pension point of January 2025). Such a row names the act that came instead and the day from which it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.problems import Place

KEYS = ("act", "on", "why")


@dataclass(frozen=True, slots=True)
class Replacement:
    """`on`: from this day on the row is history and `act` gives the value of all its days."""

    act: str
    on: date
    why: str


class Dated(Protocol):
    """What a row must tell to be checked against another."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...
    @property
    def place(self) -> Place: ...
    @property
    def replaced(self) -> Replacement | None: ...


def read_replacement(findings: Findings, entry: Entry | None, what: str) -> Replacement | None:
    """The `replaced` of a row; None when there is none or it cannot be read (the reason is noted)."""
    if entry is None or not findings.only_keys(entry, KEYS, f"замена строки, {what}"):
        return None
    act = findings.text(findings.needed(entry, "act", f"замена строки, {what}"))
    on = findings.day(findings.needed(entry, "on", f"замена строки, {what}"))
    return Replacement(act, on, findings.text(entry.get("why"))) if on is not None else None


def check_replacements(findings: Findings, history: Sequence[Dated], current: Sequence[Dated], what: str) -> None:
    """Every day of a replaced row has a row in force instead; two replaced rows differ in their day of replacement."""
    for row in history:
        if missing := _first_day_without(current, row):
            findings.add(
                row.place, "replaced_gap", f"Строка заменена, а новой нет: {what}.",
                f"На {missing} не осталось действующего значения.",
                "Добавьте строку заменившего акта или уберите replaced.",
            )  # fmt: skip
    for place, row in enumerate(history):
        for other in history[:place]:
            if row.replaced and other.replaced and row.replaced.on == other.replaced.on and _together(row, other):
                findings.add(
                    row.place, "overlap", f"Две заменённые строки на одни дни: {what}.",
                    "Непонятно, какая действовала до дня замены.", "Исправьте даты или дни замены.",
                )  # fmt: skip


def _together(one: Dated, other: Dated) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def _first_day_without(current: Sequence[Dated], row: Dated) -> date | None:
    """The first day of the replaced row on which no row is in force; None when all days have one."""
    day = row.start
    for other in sorted(current, key=lambda other: other.start):
        if other.start <= day and (other.end is None or day <= other.end):
            if other.end is None or (row.end is not None and other.end >= row.end):
                return None
            day = other.end + timedelta(days=1)
    return day
