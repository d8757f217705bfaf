"""Sessions of the database that no thread of the process needs just now, the one used last on top.

A web process answers on sixteen threads, four pages at once. With a session a thread, each was used seldom: its caches
of tables and functions were cold, and made anew every minute.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from psycopg.pq import TransactionStatus

MOST = 6  # four pages at once, a count beside, a stream; more are ended


class Spare:
    """Thread-safe. Lends nothing until `lend` has been called: only the web's threads come and go by request."""

    def __init__(self) -> None:
        self._sessions: list[tuple[Any, float | None]] = []
        self._choosing = threading.Lock()
        self._lends = False

    def lend(self, lends: bool = True) -> None:
        self._lends = lends

    def put(self, session: Any, close_at: float | None) -> bool:
        """Whether it was taken: in autocommit, with nothing under way, and room for it."""
        if not self._lends or not session.autocommit or session.info.transaction_status != TransactionStatus.IDLE:
            return False
        with self._choosing:
            if len(self._sessions) < MOST:
                self._sessions.append((session, close_at))
                return True
        session.close()
        return True

    def take(self, is_silent: Callable[[int], bool]) -> tuple[Any, float | None] | None:
        """The one used last that lives and is not too old; the others found on the way are ended."""
        while True:
            with self._choosing:
                if not self._sessions:
                    return None
                session, close_at = self._sessions.pop()
            is_old = close_at is not None and time.monotonic() >= close_at
            if not is_old and not session.closed and is_silent(session.pgconn.socket):
                return session, close_at
            session.close()
