"""Progress of anything longer than two seconds: stage, count, rate, time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
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
def progress_bar(title: str, *, hidden: bool = False) -> Iterator[Advance]:
    """A function (done, total) that moves one bar; hidden when a machine reads the output."""
    display = bars()
    display.disable = hidden
    with display:
        task = display.add_task(title, total=None, note="")
        yield lambda done, total: display.update(task, completed=done, total=total)
