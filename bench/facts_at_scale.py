"""Facts of a whole region: how fast they enter by COPY, how fast one person's history is read back.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/facts_at_scale.py [--people 1000000] [--facts-each 30] [--reads 2000]
    [--writers 2] [--keep-indexes]

The load is the product's own for an empty register: secondary indexes are made after the rows, several writers at once.
`--keep-indexes` measures the load into a register in use. 30 M facts take about 10 GB of disk.

Reads ask for one person's current facts and for what was known at a moment in the past. The peer in the same run is
the bare table without indexes and constraints, loaded by the same COPY.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from uuid import UUID

from kazna.cli.database import open_database

FIRST_DAY, KINDS = date(2015, 1, 1), ("income.year", "employment", "pension", "person.residence", "measure.assigned")
CHUNK = 200_000  # people of one transaction
COLUMNS = (
    "id", "kind", "subject_id", "object_id", "thing", "valid_from", "valid_to", "value", "source", "document_id",
    "known_on", "recorded_at", "annulled",
)  # fmt: skip
LOADED_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def person(number: int) -> UUID:
    """Spread over the whole range, as ids made from СНИЛС are."""
    return UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)


def blocks(people: range, each: int) -> Iterator[str]:
    """Rows in the text format of COPY, a thousand people a block."""
    periods = [FIRST_DAY + timedelta(days=120 * place) for place in range(each)]
    tails = [
        f"\\N\t{place}\t{start}\t{start + timedelta(days=119)}\t"
        f'{{"amount_kopecks": {1_000_000 + place}}}\tfns\t\\N\t{start}\t{LOADED_AT}\tf\n'
        for place, start in enumerate(periods)
    ]
    heads = [KINDS[place % len(KINDS)] for place in range(each)]
    for first in range(people.start, people.stop, 1000):
        lines = []
        for number in range(first, min(first + 1000, people.stop)):
            subject = person(number).hex
            lines += [
                f"{number * 1000 + place + 2**100:032x}\t{heads[place]}\t{subject}\t{tails[place]}"
                for place in range(each)
            ]
        yield "".join(lines)


def write(people: int, each: int, writers: int) -> None:
    """Every writer is a process of its own with its share of the people."""
    share = -(-people // writers)
    parts = [range(start, min(start + share, people)) for start in range(0, people, share)]
    if len(parts) == 1:
        write_part(parts[0], each)
        return
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(write_part, part, each) for part in parts]:
            done.result()


def write_part(people: range, each: int) -> None:
    open_database()
    from kazna.plumbing.bulk import copy_blocks

    for start in range(people.start, people.stop, CHUNK):
        copy_blocks("registers_fact", COLUMNS, blocks(range(start, min(start + CHUNK, people.stop)), each))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--facts-each", type=int, default=30)
    options.add_argument("--reads", type=int, default=2_000)
    options.add_argument("--writers", type=int, default=2)
    options.add_argument("--keep-indexes", action="store_true")
    chosen = options.parse_args()
    open_database()
    from django.db import connection

    from kazna.contexts.registers import public as registers
    from kazna.plumbing.bulk import copy_blocks, without_indexes

    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL 18")
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE bare_fact (LIKE registers_fact)")
        cursor.execute("ALTER TABLE bare_fact ALTER seq DROP NOT NULL")
    few = range(min(chosen.people, 20_000))
    began = time.perf_counter()
    copy_blocks("bare_fact", COLUMNS, blocks(few, chosen.facts_each))
    bare = len(few) * chosen.facts_each / (time.perf_counter() - began)
    count = chosen.people * chosen.facts_each
    ways = nullcontext() if chosen.keep_indexes else without_indexes("registers_fact")
    began = time.perf_counter()
    with ways:
        write(chosen.people, chosen.facts_each, chosen.writers)
        rows_took = time.perf_counter() - began
    took = time.perf_counter() - began
    how = "indexes kept" if chosen.keep_indexes else f"rows {rows_took:.0f} s, indexes {took - rows_took:.0f} s"
    print(
        f"loaded {count:,} facts in {took:.0f} s ({how}, writers {chosen.writers}): {count / took:,.0f}/s;"
        f" bare table {bare:,.0f}/s"
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registers_fact")
    dice = random.Random(1)
    for title, known_at in (("all facts of one person", None), ("as known in the past", LOADED_AT)):
        took_each = []
        for _ in range(chosen.reads):
            who = person(dice.randrange(chosen.people))
            began = time.perf_counter()
            found = registers.facts_of([who], known_at=known_at)
            took_each.append((time.perf_counter() - began) * 1000)
            assert len(found) == chosen.facts_each
        tail = statistics.quantiles(took_each, n=20)[-1]
        print(f"{title}: median {statistics.median(took_each):.2f} ms, 95 % {tail:.2f} ms")


if __name__ == "__main__":
    main()
