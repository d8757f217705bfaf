"""An incoming person without СНИЛС against a register of 1 M: how fast the cards it may be are found, and how many.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/candidates.py [--people 1000000] [--asks 2000] [--seed 1]

Everyone asked stands in the register under another spelling. Peer: exact full name and birth date, by its index.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from kazna.cli.database import open_database
from kazna.population.duplicates import COLUMNS, Register, register_with_duplicates

PERSON = ("id", "snils", "surname", "forename", "patronymic", "birth_date", "sex", "territory", "address")
FACT = ("id", "kind", "subject_id", "thing", "valid_from", "value", "source", "known_on", "annulled")
TODAY = date(2026, 6, 1)
EXACT = "SELECT person_id FROM registers_known_name WHERE sort_key = %s AND birth_date = %s"


def person(number: int) -> UUID:
    return UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)


def people(register: Register, count: int) -> Iterator[list[object]]:
    told = register.columns
    for n in range(count):
        names = (told["surname"][n], told["forename"][n], told["patronymic"][n] or None)
        yield [
            person(n),
            told["snils"][n] or None,
            *names,
            told["birth_date"][n],
            told["sex"][n],
            "77",
            told["address"][n],
        ]


def papers(register: Register, count: int) -> Iterator[list[object]]:
    for n in range(count):
        if number := register.columns["document"][n]:
            value = {"code": "21", "series_number": str(number)}
            yield [UUID(int=n + 2**100), "person.document", person(n), "", TODAY, value, "mvd", TODAY, False]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--asks", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    open_database()
    from django.db import connection, transaction

    from kazna.contexts.integration.public import IdentityDocument, PersonRef, Residence
    from kazna.contexts.registers import public as registers
    from kazna.contexts.registers.linkage import meeting_sql
    from kazna.contexts.registers.linkage.candidates import learn_shares
    from kazna.plumbing.bulk import copy_rows

    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL 18")
    register = register_with_duplicates(people=chosen.people, seed=chosen.seed)
    with transaction.atomic(), connection.cursor() as cursor:
        copy_rows("registers_person", PERSON, people(register, chosen.people))
        copy_rows("registers_fact", FACT, papers(register, chosen.people))
        cursor.execute(
            "INSERT INTO registers_known_name (person_id, sort_key, birth_date)"
            " SELECT id, sort_key, birth_date FROM registers_person"
        )
        began = time.perf_counter()
        cursor.execute(meeting_sql.REFRESH_ALL)
        learn_shares()
        took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{chosen.people:,} people: meeting keys and shares of names in {took:.0f} s")

    def incoming(n: int) -> PersonRef:
        told = {name: str(register.columns[name][n]) for name in COLUMNS}
        return PersonRef(
            surname=told["surname"], forename=told["forename"], patronymic=told["patronymic"] or None,
            birth_date=date.fromisoformat(told["birth_date"]) if told["birth_date"] else None, snils=None,
            sex=told["sex"] or None, citizenship=None,
            document=IdentityDocument("21", told["document"], None, "") if told["document"] else None,
            residence=Residence(told["address"], "", "77") if told["address"] else None,
        )  # fmt: skip

    asked = range(chosen.people, min(len(register), chosen.people + chosen.asks))
    took_each, first, found, sure, wrong = [], 0, 0, 0, 0
    for n in asked:
        truth, ref = person(int(register.person[n])), incoming(n)
        began = time.perf_counter()
        (told,) = registers.candidates([ref])
        took_each.append((time.perf_counter() - began) * 1000)
        first += bool(told) and told[0].person_id == truth
        found += truth in {one.person_id for one in told}
        sure += any(one.is_sure for one in told)
        wrong += any(one.is_sure and one.person_id != truth for one in told)
    tail = statistics.quantiles(took_each, n=20)[-1]
    print(f"one person: median {statistics.median(took_each):.2f} ms, 95 % {tail:.2f} ms, most {max(took_each):.1f} ms")
    print(f"of {len(asked):,}: found {found / len(asked):.4f}, first {first / len(asked):.4f}, joined without asking "
          f"{sure / len(asked):.4f}, of these wrongly {wrong}")  # fmt: skip
    exact, took_exact = 0, []
    for n in asked:
        ref = incoming(n)
        key = f"{ref.surname} {ref.forename} {ref.patronymic or ''}".lower().replace("ё", "е")
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(EXACT, [key, ref.birth_date])
            rows = cursor.fetchall()
        took_exact.append((time.perf_counter() - began) * 1000)
        exact += (person(int(register.person[n])),) in rows
    print(
        f"peer, exact name and birth date: found {exact / len(asked):.4f},"
        f" median {statistics.median(took_exact):.2f} ms"
    )


if __name__ == "__main__":
    main()
