"""Statements that nearly every page asks: planned once a session of the database, which takes longer than to answer.

Under row security a row found by its key is planned for a fifth of a millisecond and read for a thirtieth. Only for
statements by a key with `=`: a plan for whatever values is then as good as one for these; of `= ANY` it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

MOST = 200  # of the ORM's a session; more would be statements that differ each time
_numbers = count(1)
_known: dict[str, tuple[str, str]] = {}  # of the ORM's: name, statement with numbers


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
    before, connection.plans_once = getattr(connection, "plans_once", False), True
    try:
        yield
    finally:
        connection.plans_once = before


class PlanningCursor(CursorWrapper):
    """Inside `planned_once` a statement is prepared and then executed; lists of changing length are left alone."""

    def _execute(self, sql: str, params: Any, *ignored: Any) -> Any:
        if getattr(self.db, "plans_once", False) and params and sql.startswith("SELECT") and " IN (%s" not in sql:
            name, statement = _known.get(sql) or _known.setdefault(sql, (f"kazna_{next(_numbers)}", _numbered(sql)))
            if prepare(name, statement, most=MOST):
                sql = f"EXECUTE {name}({_places(params)})"
        return super()._execute(sql, params, *ignored)


def prepare(name: str, statement: str, *, most: int | None = None) -> bool:
    """In the session of this thread, unless it is there; False when there are `most` of them."""
    session = connection.connection
    known = session.__dict__.setdefault("kazna_prepared", set())
    if name not in known:
        if most is not None and len(known) >= most:
            return False
        with connection.wrap_database_errors:
            session.execute(f"PREPARE {name} AS {statement}")
        known.add(name)
    return True


def _numbered(sql: str) -> str:
    """`%s`, `%s` → `$1`, `$2`; what was doubled for the driver is single again."""
    numbers = count(1)
    return re.sub(r"%(s|%)", lambda found: f"${next(numbers)}" if found[1] == "s" else "%", sql)


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
