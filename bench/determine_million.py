"""Full = incremental = online for every person of a million: what the columns answer, the scalar way answers.

    KAZNA_VAR=FOLDER PYTHONPATH=src:. .venv/bin/python bench/determine_million.py [--people 1000000] [--processes 2]

Eight regions are drawn by `kazna.population` with the Fund's former register, and to six households of ten the agencies
have answered something of every kind the law reads, right or wrong: incomes, awards, applications, disputes. All of it
enters PostgreSQL by COPY; then `kazna determine` does the rest as an operator would ask for it:

1. everybody on a day, and everybody asked again one by one (`--against online`);
2. a hundredth of the people changed, two days later: only those touched are asked (`--changed`), then everybody, and
   the rights and awards in force of both runs are compared row by row.

Stopped at any moment, the same command goes on where it was. Exit code 1 on any difference. Names, papers and accounts,
which no rule reads, are left out of the facts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import duckdb
from tests.contexts.measures.lives import Lives

from kazna.cli.database import open_database
from kazna.cli.progress import stage_bars

TERRITORIES = ("77", "61", "66", "16", "50", "71", "56", "53")
FIRST, LATER = date(2026, 3, 9), date(2026, 3, 11)
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
SPACE = UUID("6f4f2c0e-8f56-4a53-9d0a-3a6b1f6a8a11")
ANSWERED, ANSWERS, DISPUTED, CHANGED, AT_ONCE = 0.6, 5, 0.002, 0.01, 50_000
PERSON = ("id", "surname", "forename", "patronymic", "birth_date", "sex", "territory", "address")
FACT = (
    "id", "kind", "subject_id", "object_id", "thing", "valid_from", "valid_to", "value", "source", "document_id",
    "known_on", "recorded_at", "annulled",
)  # fmt: skip
RIGHTS = "measure, subject_id, recipient_id, state, amount_kopecks"
AWARDS = "measure, number, subject_id, recipient_id, verdict, due_kopecks"


class Answers(Lives):
    """What agencies answer about households of one region; their homes are their own."""

    region = "77"

    def _special(self, kind: str) -> dict[str, Any]:
        told = super()._special(kind)
        if kind == "person.residence":
            told |= {"address": self.chance.choice(("", self.home, self.home)), "region": self.region}
        return told

    def about(self, home: str, everybody: list[UUID]) -> list[Any]:
        self.home, self.facts = home, []
        for person in everybody:
            for year in (2024, 2025, 2026):
                self.say("income.year", person, self._year("income.year") | {"year": year}, start=date(year, 1, 20))
        for _ in range(ANSWERS):
            self._something(self.chance.choice(everybody), everybody)
        return self.facts


def fill(code: str, people: int) -> int:
    """Draw a region and copy it into the register; how many facts."""
    open_database()
    from django.db import transaction

    from kazna.contexts.measures.library import current
    from kazna.plumbing.bulk import copy_rows

    region = region_of(code, people)
    ids = [uuid5(SPACE, f"{code}/{number}") for number in range(len(region.people.snils))]
    with transaction.atomic():
        copy_rows("registers_person", PERSON, persons(region, ids, code))
        facts = (
            (uuid5(SPACE, f"{code}/f/{place}"), *fact, NOW, False)
            for place, fact in enumerate(facts_of(region, ids, code, current()))
        )
        return copy_rows("registers_fact", FACT, facts)


def day(told: Any) -> Any:
    return told.item() if hasattr(told, "item") else told


def region_of(code: str, people: int):  # type: ignore[no-untyped-def]
    from kazna.population import generate_region
    from kazna.standins.life import Life

    seed = 2600 + TERRITORIES.index(code)
    return Life(generate_region(people=people, seed=seed, start=date(2026, 1, 1), end=date(2026, 3, 1)))


def persons(life, ids: list[UUID], code: str) -> Iterator[tuple[Any, ...]]:  # type: ignore[no-untyped-def]
    from kazna.standins.baseline import alive

    for n in alive(life):
        p = life.people
        yield ids[n], p.surname[n], p.forename[n], p.patronymic[n], day(p.birth_date[n]), p.sex[n], code, p.address[n]


def facts_of(life, ids: list[UUID], code: str, library) -> Iterator[tuple[Any, ...]]:  # type: ignore[no-untyped-def]
    from kazna.standins.baseline import alive, tie_rows
    from kazna.standins.baseline_awards import award_rows
    from kazna.standins.baseline_facts import fact_rows

    p, start = life.people, life.region.start
    number = {snils: ids[n] for n, snils in enumerate(p.snils) if snils}
    homes: dict[str, list[UUID]] = {}

    def row(kind, subject, other, thing, since, until, value, known=start):  # type: ignore[no-untyped-def]
        return kind, subject, other, thing, day(since), day(until), value, "sfr", None, known

    for n in alive(life):
        born, who = day(p.birth_date[n]), ids[n]
        homes.setdefault(p.address[n], []).append(who)
        yield row("person.birth", who, None, "b", born, None, {"date": str(born), "act": None})
        yield row("person.sex", who, None, "b", born, None, {"sex": p.sex[n]})
        yield row("person.citizenship", who, None, "b", born, None, {"oksm": "643", "by_birth": n % 7 > 0})
        place = {"region": code, "oktmo": p.oktmo[n], "address": p.address[n], "permanent": True}
        yield row("person.residence", who, None, "b", start, None, place)
    for kind, one, other, role, order, since, until, act in tie_rows(life):
        if kind == "parent":
            told = {"role": role, "act": act, "order": order}
            yield row("family.parent", number[one], number[other], f"{act}/{role}", since, until, told)
        else:
            yield row("family.marriage", number[one], number[other], act, since, until, {"act": act})
            yield row("family.marriage", number[other], number[one], act, since, until, {"act": act})
    for kind, snils, thing, since, until, value in fact_rows(life):
        yield row(kind, number[snils], None, str(thing), since, until, json.loads(value))
    for award, snils, child, measure, kopecks, since, until in award_rows(life):
        told = {"measure": measure, "amount_kopecks": kopecks, "decision": None, "level": "federal", "steps": {},
                "period": "once" if measure == "ru-maternity-capital" else "month"}  # fmt: skip
        yield row("measure.assigned", number[snils], number[child] if child else None, award, since, until, told)
    answers = Answers(library, int(code), 0, FIRST)
    answers.region = code
    for home, everybody in homes.items():
        if answers.chance.random() > ANSWERED:
            continue
        for place, fact in enumerate(answers.about(home, everybody)):
            thing = "" if fact.kind in ("person.residence",) else f"a{place}"
            yield (fact.kind, fact.subject_id, fact.object_id, thing, fact.valid_from, fact.valid_to, fact.value,
                   "fns", None, min(fact.known_on, FIRST))  # fmt: skip
        if answers.chance.random() < DISPUTED:
            yield row("fact.disputed", everybody[0], None, answers.chance.choice(("person.birth", "income.year")),
                      FIRST, None, {})  # fmt: skip


def touch(code: str) -> int:
    """A hundredth of the facts of a territory told anew, a third of them withdrawn; how many."""
    open_database()
    from django.db import connection, transaction

    from kazna.plumbing.bulk import copy_rows

    if not once(f"touched-{code}"):
        return 0
    chance = random.Random(int(code))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, f.value, f.source"
            " FROM registers_fact f JOIN registers_person p ON p.id = f.subject_id WHERE p.territory = %s"
            " AND f.kind <> 'person.birth' AND hashtext(f.id::text) %% 400 = 0 ORDER BY f.seq",
            [code],
        )
        rows = []
        for place, (kind, one, other, thing, since, _, value, source) in enumerate(cursor.fetchall()):
            moved = since + timedelta(days=chance.randint(-90, 90))
            rows.append((uuid5(SPACE, f"{code}/t/{place}"), kind, one, other, thing, moved, None,
                         json.loads(value) if isinstance(value, str) else value, source, None, LATER, NOW,
                         chance.random() < 0.33))  # fmt: skip
        told = copy_rows("registers_fact", FACT, rows)
    done(f"touched-{code}")
    return told


def by_territory(work, processes: int, title: str) -> None:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        told = list(pool.map(work, TERRITORIES))
    print(f"{title}: {sum(told):,} facts in {time.perf_counter() - began:.0f} s", flush=True)


def once(name: str) -> bool:
    """True the first time; the mark is made by `done`."""
    return not (Path(os.environ["KAZNA_VAR"]) / f"{name}.done").exists()


def done(name: str) -> None:
    (Path(os.environ["KAZNA_VAR"]) / f"{name}.done").touch()


def determined(on: date, processes: int, **asked: Any) -> Any:
    from kazna.contexts.determination import public as determination

    began = time.perf_counter()
    with stage_bars() as progress:
        report = determination.determine_everyone(on=on, now=NOW, progress=progress, processes=processes, **asked)
    print(f"on {on}, {asked or 'everybody'}: people {report.people:,} (asked {report.anew:,}), facts {report.facts:,},"
          f" questions {report.questions:,}; {', '.join(f'{k} {v:.0f} s' for k, v in report.seconds.items())},"
          f" in all {time.perf_counter() - began:.0f} s", flush=True)  # fmt: skip
    if report.checked is not None:
        print(f"asked again one by one: {report.checked:,}, differences {report.differences}", flush=True)
        print("\n".join(report.shown))
    return report


def incremental(processes: int) -> dict[str, Path]:
    """Folders of what was asked of those touched alone, put aside where the full run does not take them for its own.

    What is put aside is written down first: a run that is stopped goes on with it instead of asking another way.
    """
    aside = Path(os.environ["KAZNA_VAR"]) / "incremental.json"
    if not aside.exists():
        report = determined(LATER, processes, changed=True)
        aside.write_text(json.dumps({code: str(folder) for code, folder in report.parts.items()}), "utf-8")
    kept = {}
    for code, told in json.loads(aside.read_text("utf-8")).items():
        folder = Path(told)
        kept[code] = folder.with_name(f"{folder.name}-some")
        if not kept[code].exists():
            folder.rename(kept[code])
    return kept


def unlike(some: dict[str, Path], full: dict[str, Path]) -> int:
    """Rows in which two determinations differ, of rights and of awards in force."""
    found = 0
    for code, folder in full.items():
        for name, columns in (("rights", RIGHTS), ("awards", AWARDS)):
            one, other = (f"SELECT {columns} FROM '{f}/{name}.parquet'" for f in (some[code], folder))
            rows = duckdb.sql(f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})").fetchall()
            print("\n".join(map(str, rows[:3])), end="\n" if rows else "")
            found += len(rows)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", choices=["fill", "online", "incremental"])
    chosen = parser.parse_args()
    if "KAZNA_VAR" not in os.environ:
        raise SystemExit("set KAZNA_VAR to an empty folder: a database is made there")
    Path(os.environ["KAZNA_VAR"]).mkdir(parents=True, exist_ok=True)
    open_database(migrate=True)
    from django.db import connection

    from kazna.contexts.measures import public as law
    from kazna.contexts.registers import public as registers
    from kazna.plumbing.bulk import without_indexes

    if once("filled"):
        registers.load_kinds()
        law.store_release()
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE registers_fact, registers_person CASCADE")
        with without_indexes("registers_fact"):
            by_territory(partial(fill, people=chosen.people // len(TERRITORIES)), chosen.processes, "filled")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE registers_fact, registers_person")
        done("filled")
    differences = 0
    if chosen.only == "online" or (chosen.only is None and once("online")):
        differences += determined(FIRST, chosen.processes, check=True).differences
        if not differences:
            done("online")
    if chosen.only in (None, "incremental"):
        if once("touched"):
            determined(FIRST, chosen.processes)
            by_territory(touch, chosen.processes, "told anew")
            done("touched")
        some = incremental(chosen.processes)
        full = determined(LATER, chosen.processes)
        rows = unlike(some, full.parts)
        print(f"incremental against full: {rows} rows differ")
        differences += rows
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
