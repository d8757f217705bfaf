"""Facts of a whole region: how fast they enter by COPY, how fast one person's history is read back.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/facts_at_scale.py [--people 1000000] [--facts-each 30] [--reads 2000]

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
from datetime import UTC, date, datetime, timedelta
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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--facts-each", type=int, default=30)
    options.add_argument("--reads", type=int, default=2_000)
    chosen = options.parse_args()
    open_database()
    from django.db import connection

    from kazna.contexts.registers import public as registers
    from kazna.plumbing.bulk import copy_blocks

    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL 18")
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE bare_fact (LIKE registers_fact)")
        cursor.execute("ALTER TABLE bare_fact ALTER seq DROP NOT NULL")
    few = range(min(chosen.people, 20_000))
    began = time.perf_counter()
    copy_blocks("bare_fact", COLUMNS, blocks(few, chosen.facts_each))
    bare = len(few) * chosen.facts_each / (time.perf_counter() - began)
    began, count = time.perf_counter(), chosen.people * chosen.facts_each
    for start in range(0, chosen.people, CHUNK):
        people = range(start, min(start + CHUNK, chosen.people))
        copy_blocks("registers_fact", COLUMNS, blocks(people, chosen.facts_each))
    took = time.perf_counter() - began
    print(f"loaded {count:,} facts in {took:.0f} s: {count / took:,.0f}/s; bare table {bare:,.0f}/s")
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
