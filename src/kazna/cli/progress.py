"""Progress of anything longer than two seconds: stage, count, rate, time left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from kazna.cli.output import notes

Advance = Callable[[int, int], None]


class RateColumn(ProgressColumn):
    """How many a second, or a minute when they are slow."""

    def render(self, task: Task) -> Text:
        if not task.speed:
            return Text("")
        return Text(f"{task.speed:,.0f}/с".replace(",", " ") if task.speed >= 1 else f"{task.speed * 60:.0f}/мин")


def bars() -> Progress:
    """The house's progress display."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TextColumn("осталось"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=notes,
    )


@contextmanager
def progress_bar(title: str, *, hidden: bool = False, after: float = 0.0) -> Iterator[Advance]:
    """A function (done, total) that moves one bar; hidden when a machine reads the output.

    `after`: seconds of work before it is shown, so that short work stays quiet.
    """
    display = bars()
    display.disable = hidden
    task = display.add_task(title, total=None, note="")
    began = time.monotonic()

    def advance(done: int, total: int) -> None:
        if not display.live.is_started and time.monotonic() - began >= after:
            display.start()
        display.update(task, completed=done, total=total)

    try:
        if after <= 0:
            display.start()
        yield advance
    finally:
        if display.live.is_started:
            display.stop()


@contextmanager
def stage_bars(*, hidden: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A function (stage, done, total) that moves a bar of its own for each stage."""
    display = bars()
    display.disable = hidden
    tasks: dict[str, TaskID] = {}

    def advance(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = display.add_task(stage, total=None, note="")
        display.update(tasks[stage], completed=done, total=total)

    with display:
        yield advance
