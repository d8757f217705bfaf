"""Where parts of a determination are worked on: processes of this machine, or a Spark cluster."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, TypeVar

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
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # where workers keep it elsewhere the operator says so
    builder = SparkSession.builder.master(master).appName("kazna determine").config("spark.ui.enabled", "false")
    for name, told in options.items():
        builder = builder.config(name, told)
    try:
        session = builder.getOrCreate()
    except Exception as why:
        raise SparkNotInstalled(why=str(why).splitlines()[0]) from why
    context = session.sparkContext
    context.setLogLevel("ERROR")
    try:
        with ThreadPoolExecutor(max(1, len(tasks))) as pool:
            running = {pool.submit(_one, context, work, task): task for task in tasks}
            for future in as_completed(running):
                yield running[future], future.result()
    finally:
        session.stop()


def _one(context: Any, work: Callable[[Task], Result], task: Task) -> Result:
    """A job of one task: the cluster works on many at once, and each result is told when it is there."""
    (result,) = context.parallelize([task], 1).map(work).collect()
    return result
