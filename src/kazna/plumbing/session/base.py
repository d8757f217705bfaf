"""Kept sessions of the database: known to be alive by their sockets, and lent to one another by threads of the web."""

from __future__ import annotations

import select
from typing import Any

from django.db import connection
from django.db.backends.postgresql import base, features

from kazna.plumbing.session.plans import FEW, plans_of
from kazna.plumbing.session.prepared import PlanningCursor
from kazna.plumbing.session.quick import QuickCursor
from kazna.plumbing.session.spare import Spare

spare = Spare()


class DatabaseFeatures(features.DatabaseFeatures):
    """PostgreSQL 17 changes how a column is computed and writes the log on demand; an older one is refused."""

    minimum_database_version = (17,)


class DatabaseWrapper(base.DatabaseWrapper):
    """The server closes the socket when it stops or ends the session, so an ended one has something to read.

    Then, and after any error, Django asks as it always does. Where sessions are lent (`spare.lend()`), a thread gives
    its own back when a request has ended and takes the one that was used last when it needs one.
    """

    features_class = DatabaseFeatures
    plans_once = 0  # see `prepared.py`

    def close_if_health_check_failed(self) -> None:
        if self.connection is not None and self.health_check_enabled and not self.health_check_done:
            self.health_check_done = is_silent(self.connection.pgconn.socket)
        super().close_if_health_check_failed()

    def close_if_unusable_or_obsolete(self) -> None:
        super().close_if_unusable_or_obsolete()
        if self.connection is not None and not self.in_atomic_block and spare.put(self.connection, self.close_at):
            self.connection = None

    def create_cursor(self, name: str | None = None) -> Any:
        return QuickCursor(self) if self.plans_once == FEW and name is None else super().create_cursor(name)

    def usual_cursor(self) -> Any:
        """One of the driver."""
        return super().create_cursor()

    def _savepoint(self, sid: str) -> None:
        if self.plans_once == FEW:
            plans_of(self.connection).ahead.append(self.ops.savepoint_create_sql(sid).encode())
        else:
            super()._savepoint(sid)

    def _savepoint_commit(self, sid: str) -> None:
        if self.plans_once != FEW:
            super()._savepoint_commit(sid)
            return
        ahead = plans_of(self.connection).ahead
        if ahead and ahead[-1] == self.ops.savepoint_create_sql(sid).encode():
            ahead.pop()  # nothing came after it
        else:
            ahead.append(self.ops.savepoint_commit_sql(sid).encode())

    def _savepoint_rollback(self, sid: str) -> None:
        if self.plans_once == FEW:
            ahead, made = plans_of(self.connection).ahead, self.ops.savepoint_create_sql(sid).encode()
            if made in ahead:
                del ahead[ahead.index(made) + 1 :]
                return
            ahead.clear()
        super()._savepoint_rollback(sid)

    def _commit(self) -> None:
        self._forget_ahead()
        super()._commit()

    def _rollback(self) -> None:
        self._forget_ahead()
        super()._rollback()

    def _forget_ahead(self) -> None:
        """Commands of a transaction end with it."""
        if self.plans_once == FEW and self.connection is not None:
            plans_of(self.connection).ahead.clear()

    def make_cursor(self, cursor: Any) -> PlanningCursor:
        return PlanningCursor(cursor, self)

    def connect(self) -> None:
        taken = spare.take(is_silent)
        if taken is None:
            super().connect()
            return
        self._as_new(*taken)

    def _as_new(self, session: Any, close_at: float | None) -> None:
        """What `connect` sets, for a session that has its time zone and has just shown that it lives."""
        self.in_atomic_block = self.needs_rollback = self.closed_in_transaction = self.errors_occurred = False
        self.savepoint_ids, self.atomic_blocks, self.run_on_commit = [], [], []
        self.health_check_enabled = self.settings_dict["CONN_HEALTH_CHECKS"]
        self.health_check_done = self.autocommit = True
        self.connection, self.close_at = session, close_at


def give_back() -> None:
    """At the end of what a thread does beside requests: its session is lent on, or ended where none is lent."""
    connection.close_if_unusable_or_obsolete()
    connection.close()


def is_silent(socket: int) -> bool:
    """Nothing has come: neither a message nor the end."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return not poll.poll(0)
