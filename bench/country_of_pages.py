"""A country for measuring screens: a demo's own rows told again for a million people, and what waits for officers.

KAZNA_VAR=var .venv/bin/python bench/country_of_pages.py [--people 1000000] [--writers 2]

Needs a database made by `kazna demo --people 2000 --no-serve`. Every row about a person (facts, events, rights, cases,
decisions, awards, payments, notices, journal of events) is written again under other ids for each copy of the region,
so that a copy is as connected as the original; people get other names, in their real shares. Then come queues: a case
for every third adult, late ones, complaints, returned payments, conflicts, doubles, requests, corrections, looks.
Set-based, minutes; stopped and started again it goes on with the table that was not finished. The demo's people and
accounts stay as they were. The copies' rows are written by the owner with triggers off: for measuring only.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import country_of_queues

from kazna.cli.database import open_database

Work = Callable[[Any], int]
STRIDE = 1_000_000  # room for the numbers of one copy
TABLES = (
    "registers_person", "registers_fact", "registers_known_name", "registers_meeting_key", "registers_conflict",
    "life_events_event", "measures_right", "measures_standing", "cases_case", "cases_step", "cases_decision",
    "cases_sealed_decision", "cases_award", "cases_award_stop", "cases_weighed_right", "payments_payee",
    "payments_obligation", "payments_order", "payments_register_line", "payments_statement_line",
    "payments_ledger_entry", "payments_month_due", "payments_provision", "notifications_notice", "plumbing_event",
    "plumbing_delivery", "integration_agency_request", "integration_document",
)  # fmt: skip
SAME = {"delivery_id", "register_id", "statement_id", "answer_id"}  # of what has no copies
OWN = {  # what must differ besides ids; `n` is the number of the copy
    ("registers_person", "snils"): "lpad(((t.snils::bigint + n::bigint * 86028121) % 100000000000)::text, 11, '0')",
    ("registers_person", "birth_act"): "t.birth_act || '/' || n",
    ("registers_person", "surname"): "(SELECT s.surname FROM bench_name s WHERE s.sex = t.sex AND s.place = {one})",
    ("registers_person", "forename"): "(SELECT s.forename FROM bench_name s WHERE s.sex = t.sex AND s.place = {two})",
    ("registers_person", "patronymic"):
        "(SELECT s.patronymic FROM bench_name s WHERE s.sex = t.sex AND s.place = {two})",
    ("registers_fact", "value"):
        "CASE WHEN t.kind = 'person.residence'"
        " THEN t.value || jsonb_build_object('address', (t.value->>'address') || ', дом ' || n) ELSE t.value END",
    ("registers_known_name", "sort_key"):
        "(SELECT p.sort_key FROM registers_person p WHERE p.id = md5(t.person_id::text || n)::uuid)",
    ("registers_meeting_key", "key"): "t.key + n",
    ("cases_decision", "number"): "t.number || '/' || n",
    ("cases_decision", "decided_by"):
        "CASE WHEN t.decided_by <> '' THEN t.decided_by WHEN n % 8 = 0 THEN 'clerk-' || n % 40 ELSE '' END",
    ("cases_award", "number"): "t.number || '/' || n",
    ("payments_register_line", "number"): "t.number + n * 100000",
    ("payments_statement_line", "place"): "t.place + n * 100000",
    ("payments_statement_line", "number"): "t.number + n * 100000",
    ("notifications_notice", "key"): "t.key || '/' || n",
    ("plumbing_event", "id"): f"t.id + n::bigint * {STRIDE}",
    ("plumbing_delivery", "event_id"): f"t.event_id + n::bigint * {STRIDE}",
    ("integration_agency_request", "correlation"): "t.correlation || '/' || n",
    ("integration_document", "digest"): "md5(t.digest || n)",
    ("integration_document", "payload"): "CASE WHEN t.status = 'quarantined' THEN t.payload END",
}  # fmt: skip
SHARED_DOCUMENTS = {"integration_document"}  # only here is `document_id` the row's own
COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) ~ 'nextval'
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
"""
NAMED = 100_000  # people whose names are mixed


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--writers", type=int, default=os.cpu_count() or 1)
    chosen = options.parse_args()
    open_database(migrate=True)
    from django.db import connection

    from kazna.contexts.measures import public as measures
    from kazna.contexts.payments import sums
    from kazna.contexts.registers.linkage.candidates import learn_shares

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_done (step text PRIMARY KEY, many bigint)")
        people = _once(cursor, "people of the demo", lambda: _count(cursor, "registers_person"))
        _once(cursor, "names", lambda: _names(cursor))
    copies = max(0, chosen.people // people)
    copied = [(table, lambda cursor, table=table: _copy(cursor, table, copies)) for table in TABLES]
    queues = [(step, lambda cursor, told=told: _free(cursor, told)) for step, told in country_of_queues.STEPS.items()]
    _together(copied[:1], 1)
    _together([*copied[1:], ("journal", country_of_queues.journal)], chosen.writers)
    _together([*queues, ("accounts", country_of_queues.accounts)], 1)
    with connection.cursor() as cursor:
        learn_shares()
        sums.make_anew()
        for table in ("registers_conflict", "registers_suspect"):
            cursor.execute(
                f"UPDATE {table} m SET territory = p.territory FROM registers_person p WHERE p.id = m.person_id"
            )
        cursor.execute("INSERT INTO measures_needy_due (person_id) SELECT DISTINCT recipient_id FROM measures_standing")
        measures.count_needy()
        cursor.execute("DROP TABLE IF EXISTS bench_name")
        cursor.execute("SELECT setval(pg_get_serial_sequence('plumbing_event', 'id'), max(id)) FROM plumbing_event")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    print(f"{people * (copies + 1):,} people in {time.perf_counter() - began:.0f} s")


def _together(steps: list[tuple[str, Work]], writers: int) -> None:
    """So many steps at once, each in a session of its own."""

    def one(step: str, work: Work) -> None:
        from django.db import connection

        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
            rows = _once(cursor, step, lambda: work(cursor))
        connection.close()
        print(f"{step:28} {rows:12,} rows {time.perf_counter() - began:6.1f} s", flush=True)

    with ThreadPoolExecutor(writers) as pool:
        for done in [pool.submit(one, step, work) for step, work in steps]:
            done.result()


def _once(cursor: Any, step: str, work: Callable[[], int]) -> int:
    """Do what was not done yet; how many rows it made."""
    cursor.execute("SELECT many FROM bench_done WHERE step = %s", [step])
    if found := cursor.fetchone():
        return int(found[0])
    many = work()
    cursor.execute("INSERT INTO bench_done VALUES (%s, %s)", [step, many])
    return int(many)


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def _names(cursor: Any) -> int:
    """Names in their real shares: surname of one, forename and patronymic of another of the same sex."""
    from kazna.population.duplicates import register_with_duplicates

    told = register_with_duplicates(people=NAMED, seed=1).columns
    cursor.execute("DROP TABLE IF EXISTS bench_name")
    cursor.execute(
        "CREATE TABLE bench_name (sex text, place int, surname text, forename text, patronymic text,"
        " PRIMARY KEY (sex, place))"
    )
    places = {"M": 0, "F": 0}

    def rows() -> Iterator[tuple[object, ...]]:
        for n in range(NAMED):
            sex = told["sex"][n]
            places[sex] += 1
            yield sex, places[sex], told["surname"][n], told["forename"][n], told["patronymic"][n] or None

    with cursor.copy("COPY bench_name FROM STDIN") as copy:
        for row in rows():
            copy.write_row(row)
    return NAMED


def _copy(cursor: Any, table: str, copies: int) -> int:
    """All rows of the demo in this table once more for every copy; its secondary indexes are made afterwards."""
    from django.db import transaction

    from kazna.plumbing.bulk import without_indexes

    cursor.execute(COLUMNS, [table])
    columns = [(name, kind) for name, kind, is_counted in cursor.fetchall() if not is_counted or (table, name) in OWN]
    cursor.execute("SELECT least((SELECT count(*) FROM bench_name WHERE sex = 'M'),"
                   " (SELECT count(*) FROM bench_name WHERE sex = 'F'))")  # fmt: skip
    (most,) = cursor.fetchone()
    places = {f"{word}": f"1 + abs(hashtext(t.id::text || n || '{word}')) %% {most}" for word in ("one", "two")}
    picked = ", ".join(_told(table, name, kind, places) for name, kind in columns)
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    statement = (
        f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {picked}"
        f" FROM {table} t CROSS JOIN generate_series(1, %s) n ON CONFLICT DO NOTHING"
    )
    with transaction.atomic(), without_indexes(table):  # stopped in the middle, it has them again
        return _free(cursor, statement, [copies])


def _told(table: str, name: str, kind: str, places: dict[str, str]) -> str:
    if own := OWN.get((table, name)):
        return own.format(**places) if "{" in own else own.replace("%", "%%")
    shared = name in SAME or (name == "document_id" and table not in SHARED_DOCUMENTS)
    if kind == "uuid" and not shared:
        return f'md5(t."{name}"::text || n)::uuid'
    if kind == "uuid[]":
        return f'ARRAY(SELECT md5(one::text || n)::uuid FROM unnest(t."{name}") one)'
    return f't."{name}"'


def _free(cursor: Any, statement: str, values: list[object] | None = None) -> int:
    """With triggers and references off: the copies agree among themselves."""
    cursor.execute("SET session_replication_role = replica")
    try:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
    finally:
        cursor.execute("SET session_replication_role = origin")


if __name__ == "__main__":
    main()
