"""What is dear to count and the same for many: told as it was counted last, counted anew beside those who look.

A page never waits for a count. What was counted is kept in the database for all processes, with its moment; when it is
old, or was never counted, somebody's look sets off a count beside, one at a time, and the page says as of when it tells
or that figures will come. Few enough rows are counted for whoever asks, so small places are always exact.
"""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kazna.plumbing.session.base import give_back

SHARE = 20  # counting takes at most a twentieth of one processor
MOST_KEYS = 500
Key = tuple[str, str]  # the body whose rows are counted (empty: all) and what else the figures depend on

READ = "SELECT told, counted_at, cost_seconds FROM plumbing_figure WHERE name = %s AND body = %s AND key = %s"
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext(%s))"
RESTS = """
    SELECT EXISTS (SELECT 1 FROM plumbing_figure WHERE name = %s AND body = %s
                   AND counted_at + cost_seconds * %s * interval '1 second' > now())
"""
WRITE = """
    INSERT INTO plumbing_figure (name, body, key, told, counted_at, cost_seconds) VALUES (%s, %s, %s, %s, now(), %s)
    ON CONFLICT (name, body, key) DO UPDATE
    SET told = EXCLUDED.told, counted_at = EXCLUDED.counted_at, cost_seconds = EXCLUDED.cost_seconds
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What was counted, as plain data, and when."""

    figures: Any
    counted_at: datetime
    cost_seconds: float = 0.0

    @property
    def is_old(self) -> bool:
        """As old as KAZNA_FIGURES_SECONDS, or twenty times what counting it costs."""
        seconds = max(settings.KAZNA_FIGURES_SECONDS, SHARE * self.cost_seconds)
        return timezone.now() > self.counted_at + timedelta(seconds=seconds)


class Kept:
    """Figures under a name, by body and key. `count` gives plain data (what JSON can hold).

    `is_small`: there is so little to read that whoever asks counts. `within`: the powers to count with beside, where
    the powers of those who look are not at hand. With KAZNA_FIGURES_SECONDS 0 whoever asks counts.
    """

    def __init__(
        self,
        name: str,
        count: Callable[[Key], Any],
        *,
        is_small: Callable[[Key], bool] | None = None,
        within: Callable[[Key], AbstractContextManager[None]] = lambda _key: nullcontext(),
    ) -> None:
        self.name, self._count, self._is_small, self._within = name, count, is_small, within
        self._known: OrderedDict[Key, tuple[float, Told]] = OrderedDict()
        self._under_way: set[Key] = set()
        self._choosing = threading.Lock()

    def get(self, body: str = "", key: str = "") -> Told | None:
        """The figures; None when they were never counted: they will be in a while."""
        place = (body, key)
        if not settings.KAZNA_FIGURES_SECONDS or (self._is_small and self._is_small(place)):
            return Told(_plain(self._count(place)), timezone.now())
        told = self._read(place)
        if told is None or told.is_old:
            self._set_off(place)
        return told

    def count_now(self, body: str = "", key: str = "") -> None:
        """Count and keep, in the transaction that is open or in one of its own."""
        began = time.monotonic()
        text = json.dumps(_plain(self._count((body, key))), ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [self.name, body, key, text, time.monotonic() - began])

    def _read(self, place: Key) -> Told | None:
        """From this process for as long as figures may be old at least, else from the database."""
        now = time.monotonic()
        with self._choosing:
            known = self._known.get(place)
        if known and known[0] > now:
            return known[1]
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.name, *place])
            row = cursor.fetchone()
        if row is None:
            return None
        told = Told(json.loads(row[0]) if isinstance(row[0], str) else row[0], row[1], row[2])
        with self._choosing:
            self._known[place] = (now + settings.KAZNA_FIGURES_SECONDS, told)
            if len(self._known) > MOST_KEYS:
                self._known.popitem(last=False)
        return told

    def _set_off(self, place: Key) -> None:
        with self._choosing:
            if place in self._under_way:
                return
            self._under_way.add(place)
        threading.Thread(target=self._beside, args=[place], daemon=True).start()

    def _beside(self, place: Key) -> None:
        """One count of a name and body at a time in all processes, and a rest after each."""
        try:
            with self._within(place), transaction.atomic():
                if self._may_count(place):
                    self.count_now(*place)
        finally:
            give_back()
            with self._choosing:
                self._under_way.discard(place)

    def _may_count(self, place: Key) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [f"figures:{self.name}:{place[0]}"])
            if not cursor.fetchone()[0]:
                return False
            cursor.execute(RESTS, [self.name, place[0], SHARE])
            return not cursor.fetchone()[0]


def _plain(figures: Any) -> Any:
    """The same plain data whether it was kept or counted just now."""
    return json.loads(json.dumps(figures, ensure_ascii=False, default=str))
