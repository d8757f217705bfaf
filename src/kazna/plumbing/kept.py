"""What is dear to count and the same for everybody: shown as counted last, counted anew beside those who look."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

T = TypeVar("T")
SHARE = 20  # counting takes at most a twentieth of one processor


class Kept(Generic[T]):
    """One value a process. It is as old as KAZNA_FIGURES_SECONDS, or twenty times what counting it costs.

    The first to ask waits for the count; with 0 seconds everybody does.
    """

    def __init__(self, count: Callable[[], T]) -> None:
        self._count = count
        self._value: T | None = None
        self._next_at = 0.0
        self._counting = threading.Lock()

    def get(self) -> T:
        if self._value is None or not settings.KAZNA_FIGURES_SECONDS:
            return self._anew()
        if time.monotonic() > self._next_at and self._counting.acquire(blocking=False):
            threading.Thread(target=self._beside, daemon=True).start()
        return self._value

    def _anew(self) -> T:
        began = time.monotonic()
        self._value = value = self._count()
        now = time.monotonic()
        self._next_at = now + max(settings.KAZNA_FIGURES_SECONDS, SHARE * (now - began))
        return value

    def _beside(self) -> None:
        try:
            self._anew()
        finally:
            connection.close()
            self._counting.release()
