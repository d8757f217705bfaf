"""Keep the outbox short for who looks for what waits: index entries of what was handled are walked until swept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

EVERY = 20_000  # deliveries handled by one worker in one go
# Indexes of a large outbox are left alone until some percent of it is worth it; nobody waits for another's sweeping.
SWEEP = "VACUUM (SKIP_LOCKED, TRUNCATE false, PARALLEL 0) plumbing_delivery"


@dataclass(slots=True)
class Sweeper:
    """Counts what its worker has handled and sweeps behind it: the server does so by itself once a minute at most."""

    handled: int = 0

    def note(self, count: int) -> None:
        """Between batches: inside somebody's transaction nothing can be swept."""
        self.handled += count
        if self.handled >= EVERY and not connection.in_atomic_block:
            self.handled = 0
            with connection.cursor() as cursor:
                cursor.execute(SWEEP)
