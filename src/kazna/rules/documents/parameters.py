"""Parameters: dated numbers of the law, some by region or another key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import lcm

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.replacement import Replacement, check_replacements, read_replacement
from kazna.rules.documents.unfilled import note_unfilled
from kazna.rules.documents.values import read_value
from kazna.rules.language.nodes import Constant
from kazna.rules.language.scope import ParameterScope
from kazna.rules.language.types import BROKEN, DATE, Kind, Type, money, rate, whole
from kazna.rules.problems import Place, until

KEYS = ("title", "type", "by", "unit", "gaps", "notes", "values")
ROW_KEYS = ("from", "to", "value", "law", "source", "verified", "replaced", "notes")
TYPES = {"money": Kind.MONEY, "rate": Kind.RATE, "int": Kind.INT, "date": Kind.DATE}


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """In force from `start` to `end`, both days included; `end` None means open. Money in kopecks.

    `replaced`: a later act took the place of the row; then it is history.
    """

    key: str | None
    start: date
    end: date | None
    value: Constant
    law: str
    source: str
    verified: bool
    place: Place
    replaced: Replacement | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`rows`: key (None when there is none) → rows by date. `history`: the same, of rows that were replaced."""

    name: str
    title: str
    type: Type
    by: str | None
    unit: str
    rows: Mapping[str | None, tuple[ParameterRow, ...]]
    place: Place
    history: Mapping[str | None, tuple[ParameterRow, ...]] = field(default_factory=dict)

    def row(self, key: str | None, day: date) -> ParameterRow | None:
        """The row in force, or None: then nobody may guess."""
        for row in self.rows.get(key, ()):
            if row.holds(day):
                return row
        return None

    def row_as_known(self, key: str | None, day: date, known: date) -> ParameterRow | None:
        """The row for `day` as the law stood on the day `known`: what was replaced later still counts.

        For questions about the past («why was it so in January?»); rules are computed with `row`.
        """
        standing = [
            row for row in self.history.get(key, ()) if row.holds(day) and row.replaced and known < row.replaced.on
        ]
        return min(standing, key=_day_of_replacement) if standing else self.row(key, day)

    def rows_over(self, key: str | None, first: date, last: date) -> tuple[ParameterRow, ...]:
        """The rows in force on the days from `first` to `last`, both included; empty when some day has none."""
        found = [row for row in self.rows.get(key, ()) if row.start <= last and (row.end is None or first <= row.end)]
        if not found or found[0].start > first or any(_is_apart(*pair) for pair in pairwise(found)):
            return ()
        return tuple(found) if found[-1].end is None or last <= found[-1].end else ()

    def all_rows(self) -> Iterator[ParameterRow]:
        """Rows in force; replaced ones are in `history`."""
        for rows in self.rows.values():
            yield from rows

    def replaced_rows(self) -> Iterator[ParameterRow]:
        for rows in self.history.values():
            yield from rows

    def scope(self) -> ParameterScope:
        return ParameterScope(self.type, self.by, tuple(key for key in self.rows if key is not None))


def _is_apart(before: ParameterRow, after: ParameterRow) -> bool:
    return before.end is not None and before.end + timedelta(days=1) < after.start


class Parameters(Mapping[str, Parameter]):
    """All parameters of a release of the law; `digest` changes with any value, date or citation."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(parameters)
        self.digest = self._digest()

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def _digest(self) -> str:
        rows = [
            [name, row.key, str(row.start), str(row.end), str(row.value), row.law, row.source, row.verified]
            for name in sorted(self._parameters)
            for row in self._parameters[name].all_rows()
        ] + [
            [name, row.key, str(row.start), str(row.end), str(row.value), row.law, row.source, str(row.replaced)]
            for name in sorted(self._parameters)
            for row in self._parameters[name].replaced_rows()
        ]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def read_parameters(findings: Findings, section: Entry) -> dict[str, Parameter]:
    """The parameters of a `parameters:` section, gaps and overlaps noted."""
    found = {}
    note_unfilled(findings, section)
    for name, entry in section.items():
        place = section.key_places.get(name, entry.place)
        what = f"параметр «{name}»"
        if findings.only_keys(entry, KEYS, what):
            found[name] = _parameter(findings, name, entry, place, what)
    return found


def _parameter(findings: Findings, name: str, entry: Entry, place: Place, what: str) -> Parameter:
    kind = TYPES.get(findings.word(findings.needed(entry, "type", what), TYPES), Kind.BROKEN)
    by = findings.text(entry.get("by")) or None
    section = findings.needed(entry, "values", what)
    rows = [row for part in (section.parts() if section else []) for row in _rows(findings, part, Type(kind), by, what)]
    by_key = _by_key(row for row in rows if row.replaced is None)
    history = _by_key(row for row in rows if row.replaced is not None)
    for key, replaced in history.items():
        name_of_key = what if key is None else f"{what}, ключ «{key}»"
        check_replacements(findings, replaced, by_key.get(key, ()), name_of_key)
    if not findings.flag(entry.get("gaps")):
        for key, ordered in by_key.items():
            _check_dates(findings, ordered, what if key is None else f"{what}, ключ «{key}»")
    title = findings.text(findings.needed(entry, "title", what)) or name
    current = [row for row in rows if row.replaced is None]
    return Parameter(name, title, _range(kind, current), by, findings.text(entry.get("unit")), by_key, place, history)


def _by_key(rows: Iterable[ParameterRow]) -> dict[str | None, tuple[ParameterRow, ...]]:
    found: dict[str | None, tuple[ParameterRow, ...]] = {}
    for row in sorted(rows, key=lambda row: row.start):
        found[row.key] = (*found.get(row.key, ()), row)
    return found


def _day_of_replacement(row: ParameterRow) -> date:
    return row.replaced.on if row.replaced else date.max


def _rows(findings: Findings, entry: Entry, kind: Type, by: str | None, what: str) -> list[ParameterRow]:
    """One row, or one for each key of its `value`."""
    if not findings.only_keys(entry, ROW_KEYS, f"строка, {what}"):
        return []
    start, end = findings.day(findings.needed(entry, "from", what)), findings.day(entry.get("to"))
    value = findings.needed(entry, "value", what)
    law = findings.text(findings.needed(entry, "law", f"строка, {what}"))
    if start is None or value is None or kind.kind is Kind.BROKEN:
        return []
    if value.is_map != (by is not None):
        advice = (
            "Уберите by или дайте значения по ключам: {77: 100}." if by else "Добавьте by: region или дайте одно число."
        )
        findings.add(value.place, "value_shape", f"Значение не того вида: {what}.", what_to_do=advice)
        return []
    pairs: list[tuple[str | None, Entry]] = list(value.value.items()) if value.is_map else [(None, value)]
    read = [(key, read_value(findings, part, kind), part.place) for key, part in pairs]
    source, verified = findings.text(entry.get("source")), findings.flag(entry.get("verified"))
    replaced = read_replacement(findings, entry.get("replaced"), what)
    if entry.get("replaced") is not None and replaced is None:
        return []
    return [
        ParameterRow(key, start, end, constant, law, source, verified, place, replaced)
        for key, constant, place in read
        if constant is not None
    ]


def _check_dates(findings: Findings, rows: tuple[ParameterRow, ...], what: str) -> None:
    for row in rows:
        if row.end is not None and row.end < row.start:
            findings.add(
                row.place,
                "dates_order",
                f"Строка кончается раньше, чем началась: {what}.",
                what_to_do="Исправьте даты.",
            )
    for before, after in pairwise(rows):
        if before.end is None or before.end >= after.start:
            findings.add(
                after.place, "overlap", f"Строки накладываются: {what}.",
                f"Строка с {before.start} действует {until(before.end)}, следующая — с {after.start}.",
                f"Закройте первую днём {after.start - timedelta(days=1)}.",
            )  # fmt: skip
        elif before.end + timedelta(days=1) != after.start:
            findings.add(
                after.place,
                "gap",
                f"Между строками пропуск: {what}.",
                f"Нет значения с {before.end + timedelta(days=1)}.",
                "Закройте пропуск или напишите gaps: true.",
            )


def _range(kind: Kind, rows: list[ParameterRow]) -> Type:
    """The static type: from the least to the greatest value there is."""
    if kind is Kind.DATE:
        return DATE
    values = [Fraction(row.value) for row in rows if isinstance(row.value, (int, Fraction))]
    if kind is Kind.BROKEN or not values:
        return BROKEN
    low, high = min(values), max(values)
    if kind is Kind.MONEY:
        return money(low, high)
    return whole(int(low), int(high)) if kind is Kind.INT else rate(low, high, lcm(*(v.denominator for v in values)))
