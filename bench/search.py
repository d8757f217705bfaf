"""Search of people as officers type it, in a register of 1 M, with the web's rights and its row security.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/search.py [--people 1000000] [--asks 1000] [--seed 1]

Asks: beginnings of names, words out of order, other cases, slips, СНИЛС whole and begun, a name with a year. Prints
the median and p95 of each kind in milliseconds at the door (database included, drawing of the page not). Target: p95
of all ≤ 100 ms. Peer: the likeness of whole names by an index of trigrams, `similarity(sort_key, asked) > 0.3`.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

from kazna.cli.database import open_database
from kazna.kernel.identifiers import snils_control
from kazna.population.duplicates import register_with_duplicates

PERSON = ("id", "snils", "surname", "forename", "patronymic", "birth_date", "sex", "territory", "address")
PEER = "SELECT id FROM registers_person WHERE sort_key %% %s ORDER BY similarity(sort_key, %s) DESC LIMIT 20"
Named = tuple[str, str, str, int, str]  # surname, forename, patronymic, year of birth, СНИЛС


def snils(number: int) -> str:
    nine = f"{2_000_000 + number:09d}"
    return nine + snils_control(nine)


def people(told: dict[str, list], count: int) -> Iterator[list[object]]:
    """The names of the synthetic register; СНИЛС are given anew, so that each is one person's."""
    for n in range(count):
        names = (told["surname"][n], told["forename"][n], told["patronymic"][n] or None)
        person_id = UUID(int=(n * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)
        yield [person_id, snils(n), *names, told["birth_date"][n], told["sex"][n], "77", told["address"][n]]


def slip(word: str, rng: random.Random) -> str:
    """A letter doubled, lost or changed for a neighbour by sound."""
    at = rng.randrange(1, max(2, len(word) - 1))
    swap = {"о": "а", "а": "о", "и": "е", "е": "и", "я": "е", "ы": "и"}.get(word[at : at + 1], "")
    return rng.choice(
        [word[:at] + word[at + 1 :], word[:at] + word[at] * 2 + word[at + 1 :], word[:at] + swap + word[at + 1 :]]
    )


KINDS: dict[str, Callable[[Named, random.Random], str]] = {
    "beginning": lambda who, rng: f"{who[0]} {who[1][:2]}",
    "words": lambda who, rng: f"{who[1]} {who[0]}",
    "case": lambda who, rng: f"{who[0]}у {who[1]}у",
    "slip": lambda who, rng: f"{slip(who[0], rng)} {slip(who[1], rng)}",
    "forename": lambda who, rng: f"{who[1]} {who[2]}",
    "year": lambda who, rng: f"{who[0]} {who[3]}",
    "snils": lambda who, rng: who[4],
    "snils begun": lambda who, rng: who[4][:7],
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--asks", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    open_database(migrate=True)
    from django.db import connection, transaction

    from kazna.contexts.registers import public as registers
    from kazna.contexts.registers.linkage.candidates import learn_shares
    from kazna.plumbing.access import Viewer, acting_as
    from kazna.plumbing.bulk import copy_rows, without_indexes

    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, PostgreSQL 18")
    told = register_with_duplicates(people=chosen.people, seed=chosen.seed).columns
    began = time.perf_counter()
    if registers.counts()["people"] < chosen.people:
        with transaction.atomic(), without_indexes("registers_person"):
            copy_rows("registers_person", PERSON, people(told, chosen.people))
        learn_shares()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registers_person")
        cursor.execute("ANALYZE registers_name_word")
    print(f"{chosen.people:,} people loaded in {time.perf_counter() - began:.0f} s")

    rng = random.Random(chosen.seed)
    officer, everything, registers_found = Viewer("officer", "bench", "sfr-77", "77"), [], 0
    registers.search("смирновой анне")  # the morphology is loaded once a process
    for kind, typed_by in KINDS.items():
        times = []
        for _ in range(chosen.asks // len(KINDS)):
            n = rng.randrange(chosen.people)
            born = told["birth_date"][n]
            year = born.year if isinstance(born, date) else int(str(born)[:4])
            typed = typed_by(
                (told["surname"][n], told["forename"][n], told["patronymic"][n] or "", year, snils(n)), rng
            )
            with acting_as(officer), connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE kazna_web")
                began = time.perf_counter()
                registers_found += bool(registers.search(typed, limit=21))
                times.append((time.perf_counter() - began) * 1000)
        everything += times
        print(
            f"{kind:12} median {statistics.median(times):6.1f} ms, p95 {statistics.quantiles(times, n=20)[18]:6.1f} ms"
        )
    p95 = statistics.quantiles(everything, n=20)[18]
    print(f"all: p95 {p95:.1f} ms of {len(everything)} asks, {registers_found} found somebody; target 100 ms")
    _peer(told, chosen.people, rng)


def _peer(told: dict[str, list], count: int, rng: random.Random) -> None:
    from django.db import connection

    times = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX peer ON registers_person USING gin (sort_key gin_trgm_ops)")
        for _ in range(20):
            n = rng.randrange(count)
            typed = f"{slip(told['surname'][n], rng)} {slip(told['forename'][n], rng)}".lower()
            began = time.perf_counter()
            cursor.execute(PEER, [typed, typed])
            cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
        cursor.execute("DROP INDEX peer")
    print(f"peer (trigrams of whole names, no row security): median {statistics.median(times):.0f} ms of slips")


if __name__ == "__main__":
    main()
