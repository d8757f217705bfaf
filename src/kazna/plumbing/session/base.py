"""A kept session of the database is known to be alive by its socket: no `SELECT 1` before every request."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """The server closes the socket when it stops or ends the session, so an ended one has something to read.

    Then, and after any error, Django asks as it always does.
    """

    def close_if_health_check_failed(self) -> None:
        if self.connection is not None and self.health_check_enabled and not self.health_check_done:
            self.health_check_done = _is_silent(self.connection.pgconn.socket)
        super().close_if_health_check_failed()


def _is_silent(socket: int) -> bool:
    """Nothing has come: neither a message nor the end."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return not poll.poll(0)
