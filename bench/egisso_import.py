"""Facts of assignment in bulk: check alone, import with matching, export. Its own database in a temporary folder.

    python bench/egisso_import.py --facts 1000000 --workers 2

Prints facts a second and the largest process. Half as many people as facts are in the register.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

SPACE = UUID("00000000-0000-0000-0000-0000be9c0e61")
ON = date(2026, 3, 2)
BODY = "0001.000001"
PACKAGE = 1000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--facts", type=int, default=20_000)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KAZNA_VAR"] = folder
        from kazna.cli.database import open_database
        from kazna.config.database import FOLDER
        from kazna.plumbing import postgres

        open_database()
        try:
            run(Path(folder) / "packages", given.facts, given.workers)
        finally:
            postgres.stop(FOLDER)


def run(folder: Path, facts: int, workers: int) -> None:
    from kazna.cli.egisso import workers as processes
    from kazna.contexts.egisso import public as egisso

    people = max(1, facts // 2)
    timed("people recorded", people, lambda: enter_people(people))
    measure_id, category_id = a_measure()
    paths = timed("packages written", facts, lambda: write(folder, facts, people, measure_id, category_id))

    def check() -> int:
        verdicts = processes.check_beside(paths, provider=BODY, on=ON, without_database=False, workers=workers)
        return sum(record["accepted"] for file in verdicts for record in file)

    def take() -> int:
        return sum(one.accepted for one in processes.take_beside(paths, provider=BODY, on=ON, workers=workers))

    assert timed("checked alone", facts, check) == facts
    assert timed("imported", facts, take) == facts
    timed("exported", facts, lambda: egisso.export(folder / "out", on=ON))
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"largest process: {largest / 1024:.0f} MB; cores: {os.cpu_count()}; load: {os.getloadavg()[0]:.1f}")


def timed(what: str, count: int, act: Callable[[], Any]) -> Any:
    began, before = time.perf_counter(), cpu_seconds()
    found = act()
    seconds, worked = time.perf_counter() - began, cpu_seconds() - before
    rate = f"{count / seconds:.0f} a second, {worked / count * 1e6:.0f} µs of CPU each (database not counted)"
    print(f"{what}: {count} in {seconds:.1f} s, {rate}", flush=True)
    return found


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def snils(number: int) -> str:
    from kazna.kernel.identifiers import snils_control

    nine = f"{number + 100_000_000:09d}"
    return nine + snils_control(nine)


def enter_people(count: int) -> None:
    """Cards of people; the facts behind them are not needed here."""
    from django.db import transaction

    from kazna.plumbing.bulk import copy_rows

    columns = ("id", "snils", "surname", "forename", "patronymic", "birth_date", "sex", "territory", "address")
    rows = (
        (uuid5(SPACE, f"person {n}"), snils(n), "Смирнова", "Анна", "Сергеевна", date(1990, 5, 1), "F", "77", "")
        for n in range(count)
    )
    with transaction.atomic():
        copy_rows("registers_person", columns, rows)


def a_measure() -> tuple[str, str]:
    from kazna.contexts.egisso.measures.own import own_measures

    ident, measure = next((i, m) for i, m in own_measures().items() if not m.last_day and m.first_day <= "2026-01-01")
    return ident, next(iter(measure.categories))


def write(folder: Path, facts: int, people: int, measure_id: str, category_id: str) -> list[Path]:
    from kazna.contexts.egisso.facts.export import write_packages

    not_sent: list[dict[str, str]] = []
    folder.mkdir()
    paths = write_packages(cards(facts, people, measure_id, category_id), "10.06.S/1.1.0", folder, not_sent)
    assert not not_sent, not_sent[0]
    return paths


def cards(facts: int, people: int, measure_id: str, category_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    paper = {"Series": "4507", "Number": "123456", "IssueDate": "2014-02-01", "Issuer": "ОВД Хамовники"}
    for n in range(facts):
        yield "fact", {
            "id": str(uuid5(SPACE, f"fact {n}")), "body": BODY, "measure_id": measure_id, "category_id": category_id,
            "receiver": {"snils": snils(n % people), "surname": "Смирнова", "forename": "Анна", "sex": "F",
                         "patronymic": "Сергеевна", "birth_date": "1990-05-01", "citizenship": "643",
                         "document": {"PassportRF": paper}},
            "decided_on": "2026-02-05", "first_day": f"202{n // people % 6}-02-01", "last_day": "2027-01-31",
            "uses_need": False, "provision": {"monetaryForm": {"amount": f"{1000 + n % 9000}.00"}},
        }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
