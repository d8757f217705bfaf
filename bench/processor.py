"""Processor seconds of this process and of a database session: the measure that a busy machine does not move."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """What a piece of work took: by the clock, and by processor here and in the database's session."""

    clock: float
    here: float
    database: float

    def __str__(self) -> str:
        return f"{self.clock:7.1f} s; processor {self.here:.1f} s here, {self.database:.1f} s in the database"

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.clock + other.clock, self.here + other.here, self.database + other.database)


def spent(work: Callable[[], object], *, everywhere: bool = False) -> Spent:
    """Do the work and tell what it took; the database must be on this machine.

    `everywhere`: processes started and ended by the work count too, and all sessions of the database.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        session = cursor.fetchone()[0]

    def now() -> tuple[float, float, float]:
        if everywhere:
            return perf_counter(), processor_seconds(os.getpid()), database_seconds()
        return perf_counter(), _processor("self"), _processor(session)

    before = now()
    work()
    return Spent(*(end - begin for begin, end in zip(before, now(), strict=True)))


def database_seconds() -> float:
    """Processor seconds of our database server so far, all its processes, those that ended too."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = _parent(cursor.fetchone()[0])
    return processor_seconds(server)


def processor_seconds(process: int) -> float:
    """Of a process, its children that live and those that ended."""
    total = sum(int(field) for field in _fields(process)[11:15]) / TICK
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if _parent(int(folder.name)) == process:
                total += _processor(folder.name)
        except OSError:
            continue
    return total


def processor_of(process: int) -> float:
    """Of one process alone, finer than by ticks; 0 for none and for one that has ended."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9 if process else 0.0
    except OSError:
        return 0.0


def _processor(process: int | str) -> float:
    fields = _fields(process)
    return (int(fields[11]) + int(fields[12])) / TICK


def _parent(process: int) -> int:
    return int(_fields(process)[1])


def _fields(process: int | str) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
