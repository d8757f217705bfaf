"""What a fixture enters is entered once by a process; later tests begin with copies of the rows it left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

UNWRITTEN = "SELECT pg_current_xact_id_if_assigned() IS NULL"
TOUCHED = (
    "SELECT relid::regclass::text FROM pg_stat_xact_user_tables"
    " WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0"
)


@dataclass(frozen=True)
class Kept:
    """The answer of the builder and every table it touched, whole."""

    answer: Any
    tables: dict[str, bytes]


_kept: dict[str, Kept] = {}


def entered_once(name: str, build: Callable[[], Any]) -> Any:
    """`build()` or the rows it left the first time, in the transaction of the test; its answer must not be changed.

    Where no transaction is open, or another fixture has written before, it is built as ever.
    """
    if not connection.in_atomic_block or not _is_unwritten():
        return build()
    if name in _kept:
        _enter(_kept[name].tables)
    else:
        answer = build()
        _kept[name] = Kept(answer, {table: _rows(table) for table in _touched()})
    return _kept[name].answer


def _is_unwritten() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(UNWRITTEN)
        return cursor.fetchone()[0]


def _touched() -> list[str]:
    """Tables written since the transaction began, and some written shortly before it."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED)
        return [table for (table,) in cursor.fetchall()]


def _rows(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copied:
        return b"".join(copied)


def _enter(tables: dict[str, bytes]) -> None:
    """Triggers and keys stay quiet: they have spoken when the rows were made."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables))
        for table, rows in tables.items():
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copied:
                copied.write(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
