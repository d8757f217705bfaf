"""COPY: the only way anything in bulk enters PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, islice
from types import NoneType
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg import Copy, sql

from kazna.kernel.quick_json import encoder
from kazna.plumbing.id_lists import IN_HEX

FEW, AT_ONCE = 40, 500
plain_json = encoder()


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, on_conflict: str = "") -> int:
    """COPY rows into a table in the current transaction, or one of its own; dicts become JSON, lists arrays; how many.

    Ids are for columns of ids: to a text they would come without hyphens.

    A few rows are inserted by one statement: a COPY asks the server three times as often. PostgreSQL copies nothing
    into a table whose row security binds the role, and COPY knows no ON CONFLICT: there many rows go by a table aside.
    """
    told = iter(rows)
    first = list(islice(told, FEW + 1))
    if len(first) <= FEW:
        plain = [[plain_json(v) if isinstance(v, dict) else v for v in row] for row in first]
        return _insert(table, columns, plain, on_conflict)
    return _copy(table, columns, chain(first, told), on_conflict, _write)


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], on_conflict: str) -> int:
    if rows:
        one = f"({', '.join(['%s'] * len(columns))})"
        head = sql.SQL("INSERT INTO {} ({}) VALUES ").format(sql.Identifier(table), _names(columns)).as_string(None)
        with connection.cursor() as cursor:
            values = ", ".join([one] * len(rows))
            cursor.execute(f"{head}{values} {on_conflict}", [value for row in rows for value in row])
    return len(rows)


def copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> int:
    """COPY rows that are lines of PostgreSQL's text format already (see `spelt_row`, `escaped`); how many.

    Unlike `copy_blocks` it may be used by a role that row security binds.
    """
    return _copy(table, columns, lines, "", lambda copy, some: copy.write("".join(some)))


def _copy(
    table: str,
    columns: Sequence[str],
    rows: Iterable[Any],
    on_conflict: str,
    write: Callable[[Copy[Any], Sequence[Any]], None],
) -> int:
    count, names, told = 0, _names(columns), iter(rows)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table])
        is_aside = cursor.fetchone()[0] or bool(on_conflict)
        target = sql.Identifier(f"aside_{table}" if is_aside else table)
        if is_aside:
            aside = "CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
            cursor.execute(sql.SQL(aside).format(target, names, sql.Identifier(table)).as_string(None))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(target, names)) as copy:
            while some := list(islice(told, AT_ONCE)):
                write(copy, some)
                count += len(some)
        if is_aside:
            move = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ").format(sql.Identifier(table), names, names, target)
            cursor.execute(move.as_string(None) + on_conflict)
            cursor.execute(sql.SQL("DROP TABLE {}").format(target).as_string(None))
    return count


def spelt_row(values: Sequence[Any]) -> str:
    """Values of a row, or of its part, as a line of COPY has them: for what many rows share."""
    return "\t".join([SPELLINGS[type(v)](v) for v in values])


def _write(copy: Copy[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Lines of text, several hundred at once; a row with a value that has no spelling here is written by the driver."""
    try:
        columns = [_column(values) for values in zip(*rows, strict=True)]
    except KeyError:
        for row in rows:
            copy.write_row([plain_json(v) if isinstance(v, dict) else v for v in row])
        return
    copy.write("\n".join(map("\t".join, zip(*columns, strict=True))) + "\n")


def _column(values: Sequence[Any]) -> Sequence[str]:
    """One column of several hundred rows: what they have in common is looked at once."""
    kinds = set(map(type, values))
    if len(kinds) > 1:
        return [SPELLINGS[type(v)](v) for v in values]
    (kind,) = kinds
    if kind is UUID:
        return [IN_HEX % one.int for one in values]
    if kind is NoneType:
        return [NOTHING] * len(values)
    if kind is str:
        together = "".join(values)
        return [*map(escaped, values)] if any(sign in together for sign, _ in ESCAPES) else values
    return [*map(SPELLINGS[kind], values)]


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


def escaped(text: str) -> str:
    """Text as a field of a block."""
    for sign, spelling in ESCAPES:
        if sign in text:
            text = text.replace(sign, spelling)
    return text


def _array(values: Sequence[Any]) -> str:
    """One dimension of ids, whole numbers or texts."""
    return "{" + ",".join([ELEMENTS[type(value)](value) for value in values]) + "}"


def _quoted(text: str) -> str:
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return escaped(f'"{inside}"')


class Spellings(dict[type, Callable[[Any], str]]):
    """How a value of each type stands in a line; a choice (a text of an enumeration) is spelt as its text."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        if not issubclass(kind, str):
            raise KeyError(kind)
        self[kind] = lambda value: escaped(str.__str__(value))
        return self[kind]


ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
NOTHING = "\\N"


def _id(value: UUID) -> str:
    return IN_HEX % value.int


ELEMENTS: dict[type, Callable[[Any], str]] = {UUID: _id, int: str, str: _quoted}
SPELLINGS = Spellings(
    {
        NoneType: lambda _: NOTHING,
        str: escaped,
        UUID: _id,
        int: str,
        bool: lambda value: "t" if value else "f",
        date: date.isoformat,
        datetime: datetime.isoformat,
        dict: lambda value: escaped(plain_json(value)),
        list: _array,
        tuple: _array,
    }
)
