"""Indexation of many awards: planned, counted, released and written; seconds of each step and awards a second.

    KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/indexation.py --awards 100000 --jobs 2 [--by-rule 0.1]

The awards are old-age pensions of the former register (by the coefficient of 1 January 2026) and, for the share
`--by-rule`, payments to the disabled decided here, whose sums are computed by the rule from facts in the registers
(1 February 2026). Everything that the command writes is written: signed decisions, new awards, ends of the old ones,
events. What payments, registers and notices do after it is not counted. No peer publishes such a figure.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from datetime import UTC, date, datetime
from uuid import UUID

from processor import Spent, spent

from kazna.cli.database import open_database

PENSION, EDV = "ru-old-age-pension", "ru-disability-monthly"
SINCE, NOW = date(2025, 12, 1), datetime(2025, 12, 20, 9, tzinfo=UTC)
PEOPLE = """
    INSERT INTO registers_person
        (id, snils, surname, forename, patronymic, birth_date, sex, died_on, territory, address)
    SELECT md5('p' || n)::uuid, NULL, 'Смирнова', 'Анна', 'Сергеевна', '1955-01-01', 'F', NULL, '77', ''
    FROM generate_series(1, {people}) n
"""
LEGACY = """
    INSERT INTO cases_award (id, number, measure, code, title, subject_id, recipient_id, ordinal, body, territory,
        amount_kopecks, form, period, first_day, granted_on, taken_over_on, ends_on)
    SELECT md5('a' || n)::uuid, 'own-' || n, '{pension}', 'A08', 'Пенсия по старости', md5('p' || n)::uuid,
        md5('p' || n)::uuid, 1, 'sfr-77', '77', 1500000 + n::bigint * 7919 % 1500000, 'cash', 'month', '2015-05-01',
        '2015-05-01', '2025-12-01', '{{DEATH_CITIZEN}}'
    FROM generate_series(1, {legacy}) n
"""
GROUPS = ("I", "II", "III")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--awards", type=int, default=100_000)
    parser.add_argument("--by-rule", type=float, default=0.1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    if "KAZNA_VAR" not in os.environ:
        raise SystemExit("set KAZNA_VAR to an empty folder: a database is made there")
    open_database(migrate=True)
    ruled = int(options.awards * options.by_rule)
    fill(options.awards, options.awards - ruled)
    grounds = spent(lambda: decide(options.awards - ruled, options.awards))
    print(f"grounds of {ruled} decided awards made in {grounds} (not counted)")
    whole = Spent(0, 0, 0)
    for day, measure in ((date(2026, 1, 1), PENSION), (date(2026, 2, 1), EDV)):
        whole += spent(lambda day=day, measure=measure: run(day, measure, options.jobs), everywhere=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{options.awards} awards in {whole}: {options.awards / whole.clock:,.0f} a second,")
    each = (whole.here + whole.database) / options.awards
    print(f"{each * 1e6:.0f} µs of processor an award in all processes; load {os.getloadavg()[0]:.1f}; {machine}")


def fill(people: int, legacy: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(people=people))
        cursor.execute(LEGACY.format(pension=PENSION, legacy=legacy))
        cursor.execute("ANALYZE")


def decide(first: int, last: int) -> None:
    """Awards decided by the platform itself, of this one measure: facts, rights, decisions."""
    import hashlib

    from kazna.contexts.measures import public as measures
    from kazna.contexts.registers import public as registers
    from kazna.events.cause import Cause
    from kazna.plumbing.deliver import deliver_batch

    cause = Cause(None, NOW)
    for start in range(first, last, 2000):
        facts = []
        for number in range(start + 1, min(start + 2000, last) + 1):
            person = UUID(hashlib.md5(f"p{number}".encode()).hexdigest())
            group = GROUPS[number % 3]
            value = {"group": group, "from_childhood": False, "cause": "general", "act": str(number)}
            facts.append(registers.NewFact("disability", person, None, f"act/{number}", SINCE, date(2030, 1, 1), value))
        registers.report(facts, source="fri", on=SINCE, cause=cause)
        pass_over(but="")
        roles = [{"person": fact.subject_id} for fact in facts]
        measures.evaluate([measures.Ask(EDV, one, "DISABILITY_SET", cause) for one in roles], SINCE)
        while deliver_batch():
            pass_over(but="RightFound")


def pass_over(*, but: str) -> None:
    """Other measures of a disabled person are not asked, nobody is told or paid: awards alone are wanted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_delivery SET handled_at = now() WHERE handled_at IS NULL AND event <> %s", [but]
        )


def run(day: date, measure: str, jobs: int) -> None:
    from kazna.cli.awards import in_processes
    from kazna.contexts.cases.public import recounts

    began = time.monotonic()
    run_id = recounts.plan(day=day, measures_named=[measure], limit_percent=50, on=date(2025, 12, 20), by="bench")
    planned = time.monotonic()
    in_processes("count", run_id, jobs, "count", hidden=True)
    counted = time.monotonic()
    recounts.release(run_id=run_id)
    in_processes("write", run_id, jobs, "write", hidden=True)
    ended = time.monotonic()
    found = recounts.indexation(run_id=run_id)
    print(
        f"{measure}: {found.awards} awards, {found.changed} changed, {found.unsure} unsure;"
        f" planned {planned - began:.1f} s, counted {counted - planned:.1f} s,"
        f" written {ended - counted:.1f} s with {jobs} processes"
    )


if __name__ == "__main__":
    main()
