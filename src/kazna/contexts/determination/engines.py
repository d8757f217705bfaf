"""Where parts of a determination are worked on: processes of this machine, or a Spark cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from kazna.contexts.determination.contracts import SparkNotInstalled

Task, Result = TypeVar("Task"), TypeVar("Result")


def here(work: Callable[[Task], Result], tasks: Sequence[Task], processes: int) -> Iterator[tuple[Task, Result]]:
    """Each task with its result as it ends; one process a core, none for a single task."""
    if len(tasks) <= 1 or processes <= 1:
        yield from ((task, work(task)) for task in tasks)
        return
    with ProcessPoolExecutor(min(processes, len(tasks)), get_context("spawn")) as pool:
        running = {pool.submit(work, task): task for task in tasks}
        for future in as_completed(running):
            yield running[future], future.result()


def on_spark(
    work: Callable[[Task], Result], tasks: Sequence[Task], master: str, options: dict[str, str]
) -> Iterator[tuple[Task, Result]]:
    """The same on Spark: a lost worker's tasks are tried again elsewhere. Raises SparkNotInstalled."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as why:
        raise SparkNotInstalled(why=why) from why
    builder = SparkSession.builder.master(master).appName("kazna determine").config("spark.ui.enabled", "false")
    for name, told in options.items():
        builder = builder.config(name, told)
    try:
        session = builder.getOrCreate()
    except Exception as why:
        raise SparkNotInstalled(why=str(why).splitlines()[0]) from why
    session.sparkContext.setLogLevel("ERROR")
    try:
        numbered = session.sparkContext.parallelize(list(enumerate(tasks)), max(1, len(tasks)))
        for number, result in numbered.map(partial(_worked, work)).toLocalIterator():
            yield tasks[number], result
    finally:
        session.stop()


def _worked(work: Callable[[Task], Result], numbered: tuple[int, Task]) -> tuple[int, Result]:
    number, task = numbered
    return number, work(task)
