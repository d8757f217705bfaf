"""From a determination to decisions, payments and notices: seconds and processor time of each step.

    KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/determine_release.py --people 50000 --jobs 2

Everybody has a disability of which no event was heard: each of them has a right to a monthly payment that nobody has.
Making them is not counted. Counted: snapshot, rights, difference and proposal; then release (each right evaluated again
online, its agencies asked, RightFound), cases and signed decisions, obligations, notices, then the daily work of that
day and the next with the payments of the first month and their registers. Each person gets two decisions, the monthly
payment and its services; the start of the processes is counted.
No peer publishes such a figure.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from uuid import UUID

from processor import Spent, spent

from kazna.cli.database import open_database

EDV, ON = "ru-disability-monthly", date(2025, 12, 15)
PAID_ON = date(2025, 12, 16)  # the first payment of a grant is due on the working day after it
NOW = datetime(2025, 12, 15, 9, tzinfo=UTC)
PEOPLE = """
    INSERT INTO registers_person
        (id, snils, surname, forename, patronymic, birth_date, sex, died_on, territory, address)
    SELECT md5('p' || n)::uuid, NULL, 'Смирнова', 'Анна', 'Сергеевна', '1950-01-01'::date + n % 12000, 'F', NULL, '77',
           ''
    FROM generate_series(1, {people}) n
"""


def fill(people: int) -> None:
    """People, their birth, home and disability; the events of it are dropped, as if they had been lost."""
    from django.db import connection

    from kazna.contexts.registers import public as registers
    from kazna.events.cause import Cause

    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(people=people))
    for start in range(1, people + 1, 2000):
        facts = [fact for number in range(start, min(start + 2000, people + 1)) for fact in of(number)]
        registers.report(facts, source="fri", on=ON, cause=Cause(None, NOW))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM plumbing_delivery")
        cursor.execute("ANALYZE registers_person, registers_fact")  # a table noted as empty is read through ever after


def of(number: int):  # type: ignore[no-untyped-def]
    from kazna.contexts.registers import public as registers

    person = UUID(hashlib.md5(f"p{number}".encode()).hexdigest())
    group = {"group": ("I", "II", "III")[number % 3], "from_childhood": False, "cause": "general", "act": str(number)}
    account = {"bik": "044525225", "account": f"40817810{number:012d}"}
    yield registers.NewFact("disability", person, None, f"act/{number}", date(2025, 12, 1), date(2030, 1, 1), group)
    born = date(1950, 1, 1) + timedelta(days=number % 12000)  # a thousand people are hardly of the same age
    yield registers.NewFact("person.birth", person, None, "birth", born, None, {"date": born.isoformat()})
    yield registers.NewFact("person.account", person, None, "account", date(2020, 1, 1), None, account)


def timed(title: str, work: Callable[[], object]) -> Spent:
    took = spent(work, everywhere=True)
    print(f"{title}: {took}", flush=True)
    return took


def in_processes(work: Callable[..., object], jobs: int, *words: object) -> None:
    with ProcessPoolExecutor(jobs, get_context("spawn"), open_database) as pool:
        for done in [pool.submit(work, *words) for _ in range(jobs)]:
            done.result()


def release(proposal: UUID) -> None:
    from kazna.contexts.determination import public as determination

    determination.release(proposal_id=proposal, by="bench-2", on=ON, now=NOW, progress=lambda *_: None)


def drain() -> int:
    from kazna.plumbing.deliver import drain as deliver

    return deliver()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    if "KAZNA_VAR" not in os.environ:
        raise SystemExit("set KAZNA_VAR to an empty folder: a database is made there")
    open_database(migrate=True)
    from kazna.contexts.determination import public as determination
    from kazna.contexts.determination.public import Limits
    from kazna.plumbing import clock, daily

    clock.set_day(ON)
    timed("people and facts (not counted)", lambda: fill(options.people))
    told: list[UUID] = []

    def propose() -> None:
        report = determination.determine_everyone(on=ON, now=NOW, progress=lambda *_: None, measures=[EDV])
        told.append(determination.propose(report=report, limits=Limits(awards=100, people=100), made_on=ON, by="bench"))

    whole = timed("snapshot, rights, difference, proposal", propose)
    determination.approve(proposal_id=told[0], by="bench-2", on=ON)
    whole += timed(f"release, {options.jobs} processes", lambda: in_processes(release, options.jobs, told[0]))
    whole += timed("cases, decisions, obligations, notices", lambda: in_processes(drain, options.jobs))

    def pay() -> None:
        for day in (ON, PAID_ON):
            clock.set_day(day)
            for task in daily.pending(day):
                daily.perform(task, day)
            drain()

    whole += timed("daily work of two days, with the first payments", pay)
    count(determination.proposal(proposal_id=told[0]), whole)


def count(found, whole: Spent) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection

    tables = ("cases_decision", "payments_order", "notifications_notice")
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r'")
        known = {name for (name,) in cursor.fetchall()}
        sums = {}
        for table in (table for table in tables if table in known):
            cursor.execute(f"SELECT count(*) FROM {table}")
            sums[table] = cursor.fetchone()[0]
    decided, each = sums["cases_decision"], 1000 * (whole.here + whole.database) / sums["cases_decision"]
    print(f"{found.outcomes}, rows {sums}")
    print(f"{decided} decisions in {whole.clock:.1f} s, {decided / whole.clock:,.0f} a second; "
          f"{each:.2f} ms of processor each; {platform.machine()}, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}")  # fmt: skip


if __name__ == "__main__":
    main()
