"""COPY: the only way anything in bulk enters PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from django.db import connection, transaction
from psycopg import sql

FEW = 40
plain_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: dumps() makes one a call


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, on_conflict: str = "") -> int:
    """COPY rows into a table in the current transaction, or one of its own; dicts become JSON, lists arrays; how many.

    A few rows are inserted by one statement: a COPY asks the server three times as often. PostgreSQL copies nothing
    into a table whose row security binds the role, and COPY knows no ON CONFLICT: there many rows go by a table aside.
    """
    plain = ([plain_json(v) if isinstance(v, dict) else v for v in row] for row in rows)
    first = list(islice(plain, FEW + 1))
    if len(first) <= FEW:
        return _insert(table, columns, first, on_conflict)
    return _copy(table, columns, chain(first, plain), on_conflict)


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], on_conflict: str) -> int:
    if rows:
        one = f"({', '.join(['%s'] * len(columns))})"
        head = sql.SQL("INSERT INTO {} ({}) VALUES ").format(sql.Identifier(table), _names(columns)).as_string(None)
        with connection.cursor() as cursor:
            values = ", ".join([one] * len(rows))
            cursor.execute(f"{head}{values} {on_conflict}", [value for row in rows for value in row])
    return len(rows)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], on_conflict: str) -> int:
    count, names = 0, _names(columns)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table])
        is_aside = cursor.fetchone()[0] or bool(on_conflict)
        target = sql.Identifier(f"aside_{table}" if is_aside else table)
        if is_aside:
            aside = "CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
            cursor.execute(sql.SQL(aside).format(target, names, sql.Identifier(table)).as_string(None))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(target, names)) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        if is_aside:
            move = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ").format(sql.Identifier(table), names, names, target)
            cursor.execute(move.as_string(None) + on_conflict)
            cursor.execute(sql.SQL("DROP TABLE {}").format(target).as_string(None))
    return count


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def copy_blocks(table: str, columns: Sequence[str], blocks: Iterable[str]) -> None:
    """COPY rows that are written already, in PostgreSQL's text format, several thousand lines a block.

    Three times as fast as `copy_rows`; the writer escapes tabs, line ends and backslashes (see `escaped`).
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in blocks:
            copy.write(block)


SECONDARY = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique AND c.oid IS NULL ORDER BY 1
"""


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """Load a table without its secondary indexes and make them after the rows; keys and constraints stay.

    For a table that nobody reads yet: it has no such indexes meanwhile. They come back when the load fails, too,
    unless the whole transaction is undone, which brings them back as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute(SECONDARY, [table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    except BaseException:
        if not connection.in_atomic_block:
            _make(indexes)
        raise
    _make(indexes)


def _make(indexes: Sequence[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW maintenance_work_mem")
        (memory,) = cursor.fetchone()
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [memory])


ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def escaped(text: str) -> str:
    """Text as a field of a block."""
    return text.translate(ESCAPES)
