"""A cursor that sends a statement and holds its rows, for work that asks many small ones.

The driver's own prepares for all that may come: parameters apart from the text, rows as they arrive, pipelines. Where
everything is one text and a few rows, that was most of what a statement cost this process.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from psycopg import generators, sql
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

from kazna.plumbing.session.plans import FEW, Plans, plans_of

GOOD = {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.EMPTY_QUERY}
Row = tuple[Any, ...]


class Column(NamedTuple):
    name: str
    type_code: int


def ask(session: Any, text: bytes) -> tuple[Any, list[Row]]:
    """Send one text, of several statements perhaps; the result and the rows of the last. Raises as the driver does."""
    plans = plans_of(session)
    if plans.ahead:
        text = b"; ".join([*plans.ahead, text])
        plans.ahead.clear()
    if not session.autocommit and session.pgconn.transaction_status == TransactionStatus.IDLE:
        text = b"BEGIN; " + text
    session.pgconn.send_query(text)
    results = session.wait(generators.execute(session.pgconn))
    for result in results:
        if result.status not in GOOD:
            raise error_from_result(result, encoding="utf-8")
    return result, rows_of(plans, result)


def send_ahead(session: Any) -> None:
    """What waits for the next statement is sent by itself; a transaction that failed needs none of it."""
    waiting = plans_of(session).ahead
    if waiting and session.pgconn.transaction_status == TransactionStatus.INERROR:
        waiting.clear()
    if waiting:
        ask(session, waiting.pop())


def rows_of(plans: Plans, result: Any) -> list[Row]:
    if result.status != ExecStatus.TUPLES_OK:
        return []
    plans.transformer.set_pgresult(result)
    return plans.transformer.load_rows(0, result.ntuples, tuple)


class QuickCursor:
    """What Django asks of a cursor; all else (COPY, statements by the score) is left to one of the driver."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._result: Any = None
        self._rows: list[Row] = []
        self._place = 0
        self._other: Any = None

    def execute(self, statement: Any, values: Any = None) -> QuickCursor:
        session = self._db.connection
        if isinstance(statement, sql.Composable):
            statement = statement.as_string(session)
        if isinstance(statement, str):
            is_few = self._db.plans_once == FEW
            statement = plans_of(session).spelt(statement, values, planned=is_few)
        self._place, self._rows = 0, []
        self._result, self._rows = ask(session, statement)
        return self

    def fetchone(self) -> Row | None:
        found = self.fetchmany(1)
        return found[0] if found else None

    def fetchmany(self, size: int = 1) -> list[Row]:
        found = self._rows[self._place : self._place + size]
        self._place += len(found)
        return found

    def fetchall(self) -> list[Row]:
        return self.fetchmany(len(self._rows))

    def __iter__(self) -> Iterator[Row]:
        while (row := self.fetchone()) is not None:
            yield row

    @property
    def rowcount(self) -> int:
        if self._result is None:
            return -1
        if self._result.status == ExecStatus.TUPLES_OK:
            return int(self._result.ntuples)
        told = self._result.command_tuples
        return -1 if told is None else int(told)

    @property
    def description(self) -> list[Column] | None:
        result = self._result
        if result is None or result.status != ExecStatus.TUPLES_OK:
            return None
        return [Column(result.fname(n).decode(), result.ftype(n)) for n in range(result.nfields)]

    def close(self) -> None:
        if self._other is not None:
            self._other.close()

    def __getattr__(self, name: str) -> Any:
        send_ahead(self._db.connection)
        if self._other is None:
            self._other = self._db.usual_cursor()
        return getattr(self._other, name)
