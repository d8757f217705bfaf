"""Tables: bands of a number or date, and look-ups by a word."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import lcm

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.values import read_value
from kazna.rules.language.nodes import Constant
from kazna.rules.language.scope import TableScope
from kazna.rules.language.types import BOOL, BROKEN, DATE, Kind, Type, money, rate, text, whole
from kazna.rules.problems import Place

KEYS = ("title", "law", "place", "key", "value", "unit", "rows", "notes")
ROW_KEYS = ("from", "to", "below", "key", "value", "law", "verified", "source", "notes")
KEY_KINDS = {"int": Kind.INT, "money": Kind.MONEY, "rate": Kind.RATE, "date": Kind.DATE, "enum": Kind.TEXT}
VALUE_KINDS = {"int": Kind.INT, "money": Kind.MONEY, "rate": Kind.RATE, "date": Kind.DATE, "bool": Kind.BOOL}
Edge = int | Fraction | date


@dataclass(frozen=True, slots=True)
class Table:
    """Bands: value `i` holds from `starts[i]` up to the next start (the first from minus infinity when None).

    Keyed: `words` maps a word to its value. `top`: the last band ends before it; None means open.
    """

    name: str
    scope: TableScope
    starts: tuple[Edge | None, ...]
    values: tuple[Constant, ...]
    words: dict[str, Constant]
    top: Edge | None
    place: Place
    plain: object

    def band(self, key: Edge) -> int:
        """The number of the band that starts last before the key; -1 below the first."""
        first = 1 if self.starts and self.starts[0] is None else 0
        return bisect_right(self.starts, key, lo=first) - 1  # type: ignore[type-var]

    def at(self, key: Edge) -> Constant | None:
        """The band's value; None below the first band or above the last."""
        index = self.band(key)
        if index < 0 or (self.top is not None and key >= self.top):  # type: ignore[operator]
            return None
        return self.values[index]


@dataclass(slots=True)
class _Row:
    start: Edge | None
    stop: Edge | None
    word: str
    value: Constant
    place: Place


def read_tables(findings: Findings, section: Entry) -> dict[str, Table]:
    found = {}
    for name, entry in section.items():
        what = f"таблица «{name}»"
        if findings.only_keys(entry, KEYS, what):
            place = section.key_places.get(name, entry.place)
            found[name] = _table(findings, name, entry, place, what)
    return found


def _table(findings: Findings, name: str, entry: Entry, place: Place, what: str) -> Table:
    findings.needed(entry, "law", what)
    key = KEY_KINDS.get(findings.word(findings.needed(entry, "key", what), KEY_KINDS), Kind.BROKEN)
    value = VALUE_KINDS.get(findings.word(findings.needed(entry, "value", what), VALUE_KINDS), Kind.BROKEN)
    section = findings.needed(entry, "rows", what)
    rows = []
    if Kind.BROKEN not in (key, value):
        for part in section.parts() if section else []:
            row = _row(findings, part, key, value, what)
            rows += [row] if row is not None else []
    scope = TableScope(
        text(tuple(row.word for row in rows)) if key is Kind.TEXT else Type(key),
        _value_type(value, rows),
        key is Kind.TEXT,
    )
    if key is Kind.TEXT:
        _check_words(findings, rows, what)
        words = {row.word: row.value for row in rows}
        return Table(name, scope, (), (), words, None, place, entry.plain())
    top = _check_bands(findings, rows, what)
    starts, values = tuple(row.start for row in rows), tuple(row.value for row in rows)
    return Table(name, scope, starts, values, {}, top, place, entry.plain())


def _row(findings: Findings, entry: Entry, key: Kind, value: Kind, what: str) -> _Row | None:
    if not findings.only_keys(entry, ROW_KEYS, f"строка, {what}"):
        return None
    given = findings.needed(entry, "value", f"строка, {what}")
    constant = read_value(findings, given, Type(value)) if given else None
    if constant is None:
        return None
    if key is Kind.TEXT:
        return _Row(None, None, findings.text(findings.needed(entry, "key", what)), constant, entry.place)
    last, below = _edge(findings, entry.get("to"), key), _edge(findings, entry.get("below"), key)
    if last is not None and key is Kind.RATE:
        findings.add(entry.place, "band_end", f"Для дробного ключа пишите below, не to: {what}.")
    return _Row(
        _edge(findings, entry.get("from"), key), after(last) if last is not None else below, "", constant, entry.place
    )


def after(edge: Edge) -> Edge:
    """The next whole number or day."""
    return edge + timedelta(days=1) if isinstance(edge, date) else edge + 1


def _edge(findings: Findings, entry: Entry | None, key: Kind) -> Edge | None:
    value = read_value(findings, entry, Type(key)) if entry is not None else None
    return value if isinstance(value, (int, Fraction, date)) and not isinstance(value, bool) else None


def _check_words(findings: Findings, rows: list[_Row], what: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.word in seen:
            findings.add(
                row.place,
                "table_conflict",
                f"Ключ «{row.word}» повторяется: {what}.",
                what_to_do="Оставьте одну строку.",
            )
        seen.add(row.word)


def _check_bands(findings: Findings, rows: list[_Row], what: str) -> Edge | None:
    """Bands must follow one another without holes and overlaps; gives the end of the last."""
    for before, row in pairwise(rows):
        if row.start is None or (before.start is not None and row.start <= before.start):  # type: ignore[operator]
            findings.add(
                row.place, "table_order", f"Строки стоят не по порядку: {what}.", what_to_do="Упорядочьте их по from."
            )
            return None
        if before.stop is None or before.stop == row.start:
            continue
        hole = before.stop < row.start  # type: ignore[operator]
        findings.add(
            row.place, "table_hole" if hole else "table_conflict",
            f"{'Дыра перед строкой' if hole else 'Строки накладываются'}: {what}.",
            what_to_do="Пусть to одной строки стоит перед from следующей.",
        )  # fmt: skip
    return rows[-1].stop if rows else None


def _value_type(kind: Kind, rows: list[_Row]) -> Type:
    if kind in (Kind.BOOL, Kind.DATE):
        return BOOL if kind is Kind.BOOL else DATE
    values = [Fraction(row.value) for row in rows if isinstance(row.value, (int, Fraction))]
    if not values:
        return BROKEN
    low, high = min(values), max(values)
    if kind is Kind.MONEY:
        return money(low, high)
    return whole(int(low), int(high)) if kind is Kind.INT else rate(low, high, lcm(*(v.denominator for v in values)))
