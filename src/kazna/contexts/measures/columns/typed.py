"""From text that facts say to columns of whole numbers. Out of the declared range is unknown, as for one person;
what is not of the type at all is strange: the engine refuses it, so a person has to look."""

from __future__ import annotations

from typing import NamedTuple

import duckdb
import numpy as np

from kazna.rules.compile.frame import Array, Column
from kazna.rules.compile.situations import dtype_of
from kazna.rules.language.types import Kind, Type

EVERY = -1  # in place of a month: all of them
EPOCH = 719163  # date(1970, 1, 1).toordinal()


class Told(NamedTuple):
    """A column for the rows of `who` in order of key. `strange`: rows whose value is not of its type, or None."""

    column: Column
    strange: Array | None


def told(database: duckdb.DuckDBPyConnection, sql: str, rows: int, kind: Type) -> Told:
    """Run SQL of (key, value) and lay it out by key."""
    if kind.kind is Kind.SERIES:
        return _series(database, sql, rows, kind)
    number = _number(kind)
    found = database.execute(f"SELECT key, {number} AS number FROM ({sql}) WHERE value IS NOT NULL").fetchnumpy()
    keys = np.asarray(found["key"], dtype=np.int64)
    numbers = found["number"]
    foreign = np.ma.getmaskarray(numbers)
    plain = np.where(foreign, 0, np.ma.getdata(numbers)).astype(np.int64)
    wrong = foreign | _out_of_range(plain, kind)
    values, known = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.bool_)
    values[keys] = np.where(wrong, 0, plain)
    known[keys] = ~wrong
    strange = None
    if kind.kind is not Kind.TEXT and foreign.any():
        strange = np.zeros(rows, dtype=np.bool_)
        strange[keys] = foreign
    return Told(Column(_as_kind(values, kind), None if known.all() else known), strange)


def _number(kind: Type) -> str:
    """SQL of the whole number of a value, NULL where it is not of the type."""
    match kind.kind:
        case Kind.BOOL:
            return "CASE value WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
        case Kind.DATE:
            return f"date_diff('day', DATE '1970-01-01', TRY_CAST(value AS DATE)) + {EPOCH}"
        case Kind.TEXT:
            words = ", ".join("'" + word.replace("'", "''") + "'" for word in kind.values)
            return f"nullif(list_position([{words}], value), 0) - 1"
        case _:
            scaled = f"TRY_CAST(value AS DECIMAL(38, 9)) * {kind.parts}"
            return f"CASE WHEN {scaled} = trunc({scaled}) THEN TRY_CAST({scaled} AS BIGINT) END"


def _out_of_range(plain: Array, kind: Type) -> Array:
    if kind.kind in (Kind.BOOL, Kind.DATE, Kind.TEXT):
        return np.zeros(len(plain), dtype=np.bool_)
    low, high = int(kind.lo * kind.parts), int(kind.hi * kind.parts)
    return (plain < low) | (plain > high)


def _as_kind(values: Array, kind: Type) -> Array:
    return values.astype(dtype_of(kind))


def _series(database: duckdb.DuckDBPyConnection, sql: str, rows: int, kind: Type) -> Told:
    """SQL of (key, month number, kopecks) as a matrix rows × months; without a month: all months are zero."""
    found = database.execute(f"SELECT key, coalesce(month, {EVERY}) AS month, kopecks FROM ({sql})").fetchnumpy()
    keys, months = np.asarray(found["key"], dtype=np.int64), np.asarray(found["month"], dtype=np.int64)
    nothing: bool | Array = False
    if (every := months == EVERY).any():
        nothing = np.zeros(rows, dtype=np.bool_)
        nothing[keys[every]] = True
        found = {name: column[~every] for name, column in found.items()}
        keys, months = keys[~every], months[~every]
    if len(keys) == 0:
        known = np.zeros((rows, 1), np.bool_) if nothing is False else nothing[:, None].copy()
        return Told(Column(np.zeros((rows, 1), np.int64), known, 0, nothing), None)
    first = int(months.min())
    kopecks = np.asarray(found["kopecks"], dtype=np.int64)
    values = np.zeros((rows, int(months.max()) - first + 1), dtype=np.int64)
    known = np.zeros(values.shape, dtype=np.bool_)
    if nothing is not False:
        known[nothing] = True
    within = (kind.lo <= kopecks) & (kopecks <= kind.hi)
    values[keys, months - first] = np.where(within, kopecks, 0)
    known[keys, months - first] = within
    return Told(Column(values, known, first, nothing), None)
