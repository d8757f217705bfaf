"""Work that the calendar starts: each task once per operating day, in its stated order."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kazna.plumbing.models import DailyRun
from kazna.plumbing.stage_time import count_time


@dataclass(frozen=True, slots=True)
class DailyTask:
    name: str
    order: int
    run: Callable[[date], None]
    atomic: bool


_tasks: dict[str, DailyTask] = {}


def daily(*, name: str, order: int, atomic: bool = True) -> Callable[[Callable[[date], None]], Callable[[date], None]]:
    """Register a task. Not atomic: it talks to the outside and keeps its own transactions, and is repeatable."""

    def register(run: Callable[[date], None]) -> Callable[[date], None]:
        _tasks[name] = DailyTask(name, order, run, atomic)
        return run

    return register


def pending(day: date) -> list[DailyTask]:
    """Tasks not yet done for the day, in order."""
    done = set(DailyRun.objects.filter(day=day).values_list("task", flat=True))
    return sorted((task for task in _tasks.values() if task.name not in done), key=lambda task: task.order)


def perform(task: DailyTask, day: date) -> None:
    """Run one task and remember it in the same transaction (after it, for tasks that are not atomic)."""
    began = time.perf_counter()
    if not task.atomic:
        task.run(day)
    with transaction.atomic():
        if task.atomic:
            task.run(day)
        DailyRun.objects.create(day=day, task=task.name)
        count_time(task.name, 1, time.perf_counter() - began)
