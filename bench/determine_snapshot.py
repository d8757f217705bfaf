"""A snapshot of the register: how long the first one takes, and one after a small part of the people changed.

    KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/determine_snapshot.py [--people 1000000] [--facts-each 30]

Facts enter by COPY as in facts_at_scale.py; that is not counted. The peer in the same run is the bare reading of the
same rows by the same driver, nothing written. Told by the clock and, for a machine that has other work, by processor:
of this process and of the database server with all its processes. 30 M facts take about 10 GB in PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from facts_at_scale import COLUMNS, blocks, person, write
from processor import Spent, spent

from kazna.cli.database import open_database

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PERSON = ("id", "surname", "forename", "patronymic", "birth_date", "sex", "territory", "address")


def people(count: int, territories: int):  # type: ignore[no-untyped-def]
    for number in range(count):
        yield (person(number), "Смирнова", "Анна", "Сергеевна", "1970-01-01", "F", f"{number % territories + 1:02}", "")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--facts-each", type=int, default=30)
    options.add_argument("--territories", type=int, default=8)
    chosen = options.parse_args()
    if "KAZNA_VAR" not in os.environ:
        raise SystemExit("set KAZNA_VAR to an empty folder: a database is made there")
    open_database(migrate=True)
    from django.db import connection

    from kazna.contexts.registers import public as registers
    from kazna.kernel.places import VAR
    from kazna.plumbing.bulk import copy_blocks, copy_rows, without_indexes

    began = time.perf_counter()
    with without_indexes("registers_fact"):
        copy_rows("registers_person", PERSON, people(chosen.people, chosen.territories))
        write(chosen.people, chosen.facts_each, 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registers_fact")
    print(f"loaded in {time.perf_counter() - began:.0f} s (not counted)", flush=True)
    folder = VAR / "determination" / "snapshot"
    count = chosen.people * chosen.facts_each
    bare = told("bare reading", count, reading)
    took = told("first snapshot", count, lambda: take(registers, folder))
    print(f"ratio {took.clock / bare.clock:.1f} by the clock, {cpu(took) / cpu(bare):.1f} by processor", flush=True)
    late = range(chosen.people, chosen.people + max(1, chosen.people // 1000))
    copy_rows("registers_person", PERSON, ((person(n), *row[1:6], "01", "") for n, row in zip(
        late, people(len(late), 1), strict=True)))  # fmt: skip
    copy_blocks("registers_fact", COLUMNS, blocks(late, chosen.facts_each))
    told(f"again after {len(late)} people of one territory came", count, lambda: take(registers, folder))
    told("again with nothing new", count, lambda: take(registers, folder))
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{size / 1e9:.2f} GB on disk, peak {peak / 1e6:.2f} GB; {platform.machine()}, {os.cpu_count()} cores,"
          f" Python {platform.python_version()}, PostgreSQL 18")  # fmt: skip


def reading() -> None:
    from kazna.contexts.registers.snapshots.source import reading

    with reading(0) as source:
        rows = sum(batch.num_rows for batch in source.versions())
    assert rows


def take(registers, folder: Path) -> None:  # type: ignore[no-untyped-def]
    registers.take_snapshot(folder, now=NOW, progress=lambda *_: None)


def told(title: str, facts: int, work: Callable[[], None]) -> Spent:
    found = spent(work, everywhere=True)
    print(f"{title}, {facts:,} facts: {found}; {cpu(found) / facts * 1e6:.2f} µs a fact", flush=True)
    return found


def cpu(found: Spent) -> float:
    return found.here + found.database


if __name__ == "__main__":
    main()
