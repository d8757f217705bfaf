"""A frame as tables: `subject`, one table for the candidates of each relation, and the rows of parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from kazna.rules.compile.frame import NO_TIE, Array, Column, Frame, Group
from kazna.rules.compile.sql.layout import (
    GROUP,
    IDENTITY,
    OTHER_TIE,
    SUBJECT,
    TIE,
    Layout,
    fact_column,
    group_column,
    month_column,
    relation_table,
    rest_column,
)
from kazna.rules.documents.parameters import Parameter
from kazna.rules.language.types import Kind, Type

EPOCH = date(1970, 1, 1).toordinal()
Types = Mapping[str, Type]


def tables_of(frame: Frame, facts: Types, relations: Mapping[str, Types]) -> dict[str, pa.Table]:
    """The frame as Arrow tables by name; `facts` and `relations` (relation → short name) say what is what."""
    subject: dict[str, Any] = {IDENTITY: pa.array(np.arange(frame.rows, dtype=np.int64))}
    for name, column in frame.facts.items():
        subject.update(_columns(fact_column(name), column, facts[name]))
    found = {}
    for name, group in frame.relations.items():
        subject[group_column(name)] = _looked_at(group, frame.rows)
        found[relation_table(name)] = _candidates(group, relations[name])
    return {SUBJECT: pa.table(subject), **found}


def layout_of(frame: Frame, facts: Types, relations: Mapping[str, Types]) -> Layout:
    """How the tables of the frame lie."""
    columns: dict[str, tuple[Column, Type]] = {name: (column, facts[name]) for name, column in frame.facts.items()}
    for relation, group in frame.relations.items():
        for short, column in group.facts.items():
            columns[f"{relation}.{short}"] = (column, relations[relation][short])
    complete = {name for name, (column, _) in columns.items() if column.known is None}
    complete |= {name for name, group in frame.relations.items() if group.known is None}
    months = {name: _months(column) for name, (column, kind) in columns.items() if kind.kind is Kind.SERIES}
    rest = {name for name in months if columns[name][0].rest_zero is not False}
    return Layout(frozenset(columns), frozenset(frame.relations), frozenset(complete), months, frozenset(rest))


def _months(column: Column) -> tuple[int, ...]:
    return tuple(range(column.first_month, column.first_month + column.values.shape[1]))


def _looked_at(group: Group, rows: int) -> pa.Array:
    """The group of each subject, NULL where the relation is unknown as a whole."""
    place = np.arange(rows, dtype=np.int64) if group.group_of_row is None else group.group_of_row.astype(np.int64)
    unknown = None if group.known is None else ~group.known[place]
    return pa.array(place, mask=unknown)


def _candidates(group: Group, types: Types) -> pa.Table:
    sizes = np.diff(group.offsets)
    words = np.array([*group.ties, OTHER_TIE], dtype=object)
    codes = np.where(group.tie < NO_TIE, len(group.ties), group.tie)
    tie = pa.array(words[codes], type=pa.string(), mask=group.tie == NO_TIE)
    columns: dict[str, Any] = {GROUP: pa.array(np.repeat(np.arange(group.groups, dtype=np.int64), sizes)), TIE: tie}
    for short, column in group.facts.items():
        columns.update(_columns(fact_column(short), column, types[short]))
    return pa.table(columns)


def _columns(name: str, column: Column, kind: Type) -> dict[str, pa.Array]:
    if kind.kind is Kind.SERIES:
        return _month_by_month(name, column)
    unknown = None if column.known is None else ~column.known
    if kind.kind is Kind.DATE:
        days = column.values.astype(np.int32) - np.int32(EPOCH)
        return {name: pa.array(days, mask=unknown).cast(pa.date32())}
    if kind.kind is Kind.TEXT:
        codes = pa.array(column.values.astype(np.int32), mask=unknown)
        return {name: pa.DictionaryArray.from_arrays(codes, pa.array(kind.values)).cast(pa.string())}
    if kind.kind is Kind.BOOL:
        return {name: pa.array(column.values.astype(np.bool_), mask=unknown)}
    return {name: pa.array(column.values.astype(np.int64), mask=unknown)}


def _month_by_month(name: str, column: Column) -> dict[str, pa.Array]:
    found = {}
    for place, month in enumerate(_months(column)):
        unknown = None if column.known is None else ~column.known[:, place]
        found[month_column(name, month)] = pa.array(column.values[:, place].astype(np.int64), mask=unknown)
    if column.rest_zero is not False:
        found[rest_column(name)] = pa.array(_rest(column))
    return found


def _rest(column: Column) -> Array:
    found = column.rest_zero
    return np.full(len(column.values), found) if isinstance(found, bool) else found


def parameter_table(parameters: Iterable[Parameter]) -> pa.Table:
    """Rows of parameters with a key, as a joined look-up reads them."""
    rows = [
        {
            "name": parameter.name,
            "key": row.key,
            "first": row.start,
            "last": row.end or date.max,
            "value": None if isinstance(row.value, date) else int(Fraction(row.value) * parameter.type.parts),
            "day_value": row.value if isinstance(row.value, date) else None,
        }
        for parameter in parameters
        for row in parameter.all_rows()
    ]
    schema = pa.schema(
        [
            *(("name", pa.string()), ("key", pa.string()), ("first", pa.date32()), ("last", pa.date32())),
            *(("value", pa.int64()), ("day_value", pa.date32())),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)
