"""What is dear to count and the same for everybody: shown as counted last, counted anew beside those who look."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
SHARE = 20  # counting takes at most a twentieth of one processor
MOST_KEYS = 500


class Kept(Generic[T]):
    """One value a process. It is as old as KAZNA_FIGURES_SECONDS, or twenty times what counting it costs.

    The first to ask waits for the count; with 0 seconds everybody does, and so does everybody while it takes less
    than `exact_below` seconds. `within`: in what is counted beside, where the powers of those who look are not at hand.
    """

    def __init__(
        self,
        count: Callable[[], T],
        *,
        exact_below: float = 0.0,
        within: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._count, self._exact_below, self._within = count, exact_below, within
        self._value: T | None = None
        self._cost = 0.0
        self._next_at = 0.0
        self._counting = threading.Lock()

    def get(self) -> T:
        if self._value is None or not settings.KAZNA_FIGURES_SECONDS or self._cost < self._exact_below:
            return self._anew()
        if time.monotonic() > self._next_at and self._counting.acquire(blocking=False):
            threading.Thread(target=self._beside, daemon=True).start()
        return self._value

    def _anew(self) -> T:
        began = time.monotonic()
        self._value = value = self._count()
        now = time.monotonic()
        self._cost = now - began
        self._next_at = now + max(settings.KAZNA_FIGURES_SECONDS, SHARE * self._cost)
        return value

    def _beside(self) -> None:
        try:
            with self._within():
                self._anew()
        finally:
            connection.close()
            self._counting.release()


class KeptBy(Generic[K, T]):
    """The same for each of several keys, such as a body and a day; keys nobody asks for are forgotten."""

    def __init__(
        self, count: Callable[[K], T], *, exact_below: float = 0.0, within: Callable[[K], AbstractContextManager[None]]
    ) -> None:
        self._count, self._exact_below, self._within = count, exact_below, within
        self._kept: OrderedDict[K, Kept[T]] = OrderedDict()
        self._choosing = threading.Lock()

    def get(self, key: K) -> T:
        with self._choosing:
            kept = self._kept.get(key)
            if kept is None:
                kept = self._kept[key] = Kept(
                    lambda: self._count(key), exact_below=self._exact_below, within=lambda: self._within(key)
                )
                if len(self._kept) > MOST_KEYS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        return kept.get()
