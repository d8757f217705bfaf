"""The monthly run: accrual, ledger, limits, orders, registers written, sent. In a database of its own.

    PYTHONPATH=src .venv/bin/python bench/monthly_run.py --awards 1000000

Each step is a few statements; those of many awards are several transactions side by side. A run killed anywhere is
started again with --resume and goes on with what was not finished. Figures go to docs/reference/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
from processor import Spent, spent

FOLDER = Path(tempfile.gettempdir()) / "kazna-bench-monthly"
PAY_DAY = date(2026, 3, 3)
PEOPLE = """
    INSERT INTO payments_payee (person_id, holder_id, snils, surname, forename, patronymic, bik, account, is_refused)
    SELECT md5('p' || n)::uuid, md5('p' || n)::uuid, lpad(n::text, 11, '0'), 'Фамилия', 'Имя', 'Отчество',
           CASE n %% 3 WHEN 0 THEN '044525225' WHEN 1 THEN '044525974' ELSE '044525823' END,
           '40817810' || lpad(n::text, 12, '0'), false
    FROM generate_series(1, %(awards)s) n
"""
AWARDS = """
    INSERT INTO payments_obligation (award_id, measure, body, kbk, recipient_id, subject_id, amount_kopecks, period,
        first_day, last_day, granted_on, pay_day, pay_shift, prorate_first, prorate_last, first_pay_on, first_month,
        next_month, next_pay_on)
    SELECT md5('a' || n)::uuid, CASE n %% 4 WHEN 0 THEN 'ru-disability-monthly' ELSE 'ru-child-benefit' END, 'sfr-77',
           CASE n %% 4 WHEN 0 THEN '79710030300000001313' ELSE '79710040300000002313' END, md5('p' || n)::uuid,
           md5('p' || n)::uuid, 1000000 + n %% 500000, 'month', '2026-02-01',
           CASE WHEN n %% 50 = 0 THEN '2026-02-17'::date END, '2026-01-20', 3, 1, n %% 4 = 0, true, '2026-02-02',
           '2026-02-01', '2026-02-01', '2026-03-03'
    FROM generate_series(1, %(awards)s) n
"""
PENSIONS = """
    UPDATE payments_obligation SET measure = 'ru-old-age-pension'
    WHERE award_id IN (SELECT md5('a' || n)::uuid FROM generate_series(%(every)s, %(awards)s, %(every)s) n)
"""
WRITS = """
    INSERT INTO payments_writ (id, body, debtor_id, claim, form, number, number_key, issued_on, issued_by,
        creditor_name, creditor_bik, creditor_account, share_top, share_bottom, first_day, state, source, entered_by,
        confirmed_by, entered_on)
    SELECT md5('w' || n)::uuid, 'sfr-77', md5('p' || n)::uuid, 'minor_alimony', 'court_order', n::text, n::text,
           '2025-06-01', 'Суд', 'Взыскатель', '044525225', '40817810' || lpad(n::text, 12, '0'), 1, 4, '2025-06-01',
           'active', 'paper', 'first', 'second', '2025-06-10'
    FROM generate_series(%(every)s, %(awards)s, %(every)s) n
"""
STATES = "SELECT state, count(*), sum(amount_kopecks)::bigint FROM payments_order GROUP BY state"


class EveryDayWorks:
    """The calendar without holidays: the bench measures money, not dates."""

    def is_working_day(self, day: date) -> bool:
        return True

    def working_day_after(self, day: date, count: int) -> date:
        return date.fromordinal(day.toordinal() + count)


class Progress:
    """Awards done, the pace and the time left, on one line."""

    def __init__(self, awards: int) -> None:
        self.awards, self.done, self.began = awards, 0, time.perf_counter()

    def __call__(self, awards: int) -> None:
        self.done += awards
        pace = self.done / (time.perf_counter() - self.began)
        left = (self.awards - self.done) / pace
        print(f"  {self.done} of {self.awards}, {pace:.0f} a second, {left:.0f} s left", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--awards", type=int, default=100_000)
    parser.add_argument("--debtor-every", type=int, default=0, help="every so many awards a pension with a document")
    parser.add_argument("--resume", action="store_true", help="go on with the database of a run that was killed")
    given = parser.parse_args()
    from kazna.plumbing import postgres

    try:
        own_database()
        run(given.awards, given.resume, given.debtor_every)
    finally:
        postgres.stop(FOLDER / "postgres")


def own_database() -> None:
    """A server and a data folder of the bench's own, so that nothing of the platform's is touched."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kazna.config.settings.base"
    from kazna.plumbing import postgres

    FOLDER.mkdir(parents=True, exist_ok=True)
    server = postgres.start(FOLDER / "postgres")
    with psycopg.connect(server.url(database="postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'monthly_run'").fetchone():
            connection.execute("CREATE DATABASE monthly_run")
    os.environ["KAZNA_DATABASE_URL"] = server.url(database="monthly_run")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def run(awards: int, resume: bool, debtor_every: int = 0) -> None:
    from django.conf import settings
    from django.db import connection

    from kazna.contexts.payments import public as payments
    from kazna.contexts.payments.actions.keep_to_limits import keep_to_limits
    from kazna.contexts.payments.actions.make_registers import make_registers
    from kazna.contexts.payments.actions.schedule_payments import schedule_payments
    from kazna.contexts.payments.actions.send_registers import mark_sent
    from kazna.contexts.payments.adapters.credit_register import payload_of
    from kazna.contexts.payments.models import Register
    from kazna.events.cause import Cause
    from kazna.plumbing.side_by_side import side_by_side

    settings.DEBUG = False
    if not resume:
        with connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE payments_obligation, payments_payee, payments_register, payments_order,"
                " payments_register_line, payments_ledger_posting, payments_ledger_entry, payments_order_sum,"
                " payments_account_sum, payments_spent_sum, payments_writ CASCADE"
            )
            cursor.execute(PEOPLE, {"awards": awards})
            cursor.execute(AWARDS, {"awards": awards})
            if debtor_every:
                for statement in (PENSIONS, WRITS):
                    cursor.execute(statement, {"awards": awards, "every": debtor_every})
            cursor.execute("ANALYZE payments_payee; ANALYZE payments_obligation; ANALYZE payments_writ")
    folder = FOLDER / "registers"
    folder.mkdir(parents=True, exist_ok=True)
    sources = EveryDayWorks()

    def write_and_send(register: Register) -> None:
        (folder / f"register-{register.number}.xml").write_bytes(payload_of(register))
        mark_sent(register, PAY_DAY)

    def send() -> None:
        for _ in side_by_side(write_and_send, list(Register.objects.filter(state="made").order_by("number"))):
            pass

    cause = Cause(uuid4(), datetime.now(UTC))
    steps: list[tuple[str, Callable[[], object]]] = [
        ("accrual and orders", lambda: schedule_payments(PAY_DAY, cause, sources, progress=Progress(awards))),
        ("limits", lambda: keep_to_limits(PAY_DAY)),
        ("registers", lambda: make_registers(PAY_DAY, sources)),
        ("written, sent, posted", send),
    ]
    total = Spent(0, 0, 0)
    for name, step in steps:
        took = spent(step, everywhere=True)
        total += took
        print(f"{name:<22} {took}", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with connection.cursor() as cursor:
        cursor.execute(STATES)
        print("orders:", cursor.fetchall())
    print(
        f"{awards} awards in {total}; {awards / total.clock:.0f} a second; this process at most {memory} MB;"
        f" {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.python_version()}"
    )
    began = time.perf_counter()
    found = payments.verify()
    print(f"verify: {len(found)} differences in {time.perf_counter() - began:.1f} s", *found[:5], sep="\n  ")


if __name__ == "__main__":
    main()
