"""Statements that nearly every page asks: planned once a session of the database, which takes longer than to answer.

Under row security a row found by its key is planned for a fifth of a millisecond and read for a thirtieth. Only for
statements by a key with `=`: a plan for whatever values is then as good as one for these; of `= ANY` it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper
from psycopg import ServerCursor

from kazna.plumbing.session.plans import BY_KEY, FEW, plans_of
from kazna.plumbing.session.quick import send_ahead

_numbers = count(1)


class Prepared:
    """`statement` has `$1`, `$2`… for its values, of which PostgreSQL finds out the types."""

    def __init__(self, statement: str) -> None:
        self.statement, self.name = statement, f"kazna_{next(_numbers)}"

    def rows(self, *values: object) -> Sequence[tuple]:  # type: ignore[type-arg]
        with connection.cursor() as cursor:
            prepare(self.name, self.statement)
            cursor.execute(f"EXECUTE {self.name}({_places(values)})", values)
            return list(cursor.fetchall())


@contextmanager
def planned_once() -> Iterator[None]:
    """What the ORM asks inside, or inside the function: for what is found by a key, and not by `iterator()`."""
    with _planning(max(connection.plans_once, BY_KEY)):
        yield


@contextmanager
def few_planned_once() -> Iterator[None]:
    """Whatever is asked inside for the second time, of any kind, as long as its lists are short.

    For work that asks the same statements over and over about one family. Savepoints are sent with what follows them.
    """
    with _planning(FEW):
        yield


@contextmanager
def planned_as_they_come() -> Iterator[None]:
    """Inside `few_planned_once`, for what turns out to be about many: each statement has a plan for its values."""
    with _planning(0):
        yield


@contextmanager
def _planning(what: int) -> Iterator[None]:
    db = connections[DEFAULT_DB_ALIAS]
    before = db.plans_once
    _change(db, what)
    try:
        yield
    finally:
        _change(db, before)


def _change(db: Any, what: int) -> None:
    """Outside `few_planned_once` nothing is left to be sent with the next."""
    before, db.plans_once = db.plans_once, what
    if before == FEW != what and db.connection is not None:
        send_ahead(db.connection)


def spelt(statement: str, values: Any) -> bytes:
    """Inside `few_planned_once`: a statement with its values or the execution of its plan, to send it with others."""
    return plans_of(connection.connection).spelt(statement, values, planned=True)


def ahead(text: bytes) -> None:
    """Inside `few_planned_once`, in a transaction: a command to be sent with the next statement, if any comes."""
    plans_of(connection.connection).ahead.append(text)


class PlanningCursor(CursorWrapper):
    """Inside `planned_once` a statement is prepared and then executed."""

    def _execute(self, sql: str, params: Any, *ignored: Any) -> Any:
        if self.db.plans_once == BY_KEY and params and _is_by_key(sql) and not isinstance(self.cursor, ServerCursor):
            with self.db.wrap_database_errors:
                told = plans_of(self.db.connection).executed(sql, params, at_once=True)
            if told is not None:
                return super()._execute(told, None)
        return super()._execute(sql, params, *ignored)


def _is_by_key(statement: str) -> bool:
    """Lists of changing length are left alone."""
    return statement.startswith("SELECT") and " IN (%s" not in statement


def prepare(name: str, statement: str) -> None:
    """In the session of this thread, unless it is there."""
    session = connection.connection
    known = session.__dict__.setdefault("kazna_prepared", set())
    if name not in known:
        with connection.wrap_database_errors:
            session.execute(f"PREPARE {name} AS {statement}")
        known.add(name)


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
