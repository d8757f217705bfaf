"""Gather scheduled orders into registers of credits, one bank and one payer each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction

from kazna.contexts.payments.actions.withhold import withhold
from kazna.contexts.payments.lifecycle import TO_SEND
from kazna.contexts.payments.models import Register
from kazna.contexts.payments.sources import Sources
from kazna.plumbing.numbering import take_left
from kazna.plumbing.side_by_side import SESSIONS, side_by_side

MOST_LINES = 5000
FEWEST_IN_PART = 50_000
MOST_TRIES = 3
NAMESPACE = uuid5(NAMESPACE_URL, "kazna/registers")
HOW_MANY = f"SELECT count(*) FROM payments_order o WHERE {TO_SEND}"
LOCK, UNLOCK = (f"SELECT pg_advisory_{what}(hashtext('payments.registers'))" for what in ("lock", "unlock"))

Place = tuple[Any, ...]

# All that is ready stands in one line: by payer and bank, then by СНИЛС. Nothing in a place may be NULL.
IN_REGISTERS = "p.snils, p.surname, p.forename, coalesce(p.patronymic, ''), o.measure, o.month, o.id"
PLACE = f"o.body, p.bik, {IN_REGISTERS}"
START: Place = ("", "", "", "", "", "", "", date.min, UUID(int=0))
AFTER, UPTO = (", ".join(f"%({end}_{n})s" for n in range(len(START))) for end in ("after", "upto"))
READY = f"{TO_SEND} AND p.account IS NOT NULL"

# One row per register to be made: how many lines, and the place of the last one.
CUTS = f"""
    SELECT (n - 1) %% %(most)s + 1, body, bik, snils, surname, forename, patronymic, measure, month, id FROM (
        SELECT o.body, p.bik, p.snils, p.surname, p.forename, coalesce(p.patronymic, '') AS patronymic, o.measure,
               o.month, o.id, row_number() OVER (PARTITION BY o.body, p.bik ORDER BY {PLACE}) AS n,
               count(*) OVER (PARTITION BY o.body, p.bik) AS every
        FROM payments_order o JOIN payments_payee p ON p.person_id = o.recipient_id WHERE {READY}
    ) line WHERE n %% %(most)s = 0 OR n = every ORDER BY body, bik, n
"""

# `first` stands for a payer and a bank: one number is compared quicker than two names.
LINES = f"""
    WITH placed AS (
        SELECT o.id, o.body, o.recipient_id, o.amount_kopecks - o.withheld_kopecks AS amount_kopecks, p.bik,
               p.account, p.surname, p.forename, p.patronymic, p.address, p.delivery_day, r.first, r.planned,
               (row_number() OVER (PARTITION BY r.first ORDER BY {IN_REGISTERS}) - 1)::int AS place
        FROM unnest(%(bodies)s::text[], %(biks)s::text[], %(firsts)s::int[], %(planned)s::int[])
             AS r(body, bik, first, planned)
        JOIN payments_payee p ON p.bik = r.bik
        JOIN payments_order o ON o.recipient_id = p.person_id AND o.body = r.body
        WHERE {READY} AND ({PLACE}) > ({AFTER}) AND ({PLACE}) <= ({UPTO})
    ), lines AS (
        INSERT INTO payments_register_line (register_id, number, order_id, body, recipient_id, surname, forename,
                                            patronymic, account, amount_kopecks, address, delivery_on)
        SELECT (%(ids)s::uuid[])[first + place / %(most)s], place %% %(most)s + 1, id, body, recipient_id, surname,
               forename, patronymic, account, amount_kopecks, address,
               CASE WHEN bik LIKE 'post-%%' THEN
                    greatest(date_trunc('month', %(on)s::date)::date + delivery_day - 1, %(on)s::date + 2) END
        FROM placed WHERE place < planned
        RETURNING register_id, order_id
    )
    UPDATE payments_order o SET state = 'in_register', register_id = lines.register_id
    FROM lines WHERE lines.order_id = o.id AND o.state = 'scheduled'
"""

TOTALS = """
    UPDATE payments_register r SET lines_count = t.lines, total_kopecks = t.total
    FROM (SELECT register_id, count(*) AS lines, sum(amount_kopecks)::bigint AS total
          FROM payments_register_line WHERE register_id = ANY(%(ids)s::uuid[]) GROUP BY register_id) t
    WHERE t.register_id = r.id RETURNING t.lines
"""
EMPTY = "DELETE FROM payments_register WHERE id = ANY(%(ids)s::uuid[]) AND lines_count = 0"


class OrdersMoved(Exception):
    """Somebody else settled an order while it was being written into a register; nothing of the part was done."""


@dataclass(frozen=True, slots=True)
class Part:
    """Registers that follow one another, not made yet, how many lines each, and their stretch of the line."""

    registers: Sequence[Register]
    lines: Sequence[int]
    after: Place
    upto: Place


def make_registers(on: date, sources: Sources) -> int:
    """Put all scheduled orders into registers of at most 5000 lines; return how many were made.

    Lines go by СНИЛС, so the same orders give the same registers. On days off nothing is made. Many orders are a few
    transactions, several of them at once, so call it outside of one; a run that was cut off goes on with the orders
    that are still scheduled and with the numbers it has left.
    """
    if not sources.is_working_day(on):
        return 0
    with _one_at_a_time():
        with transaction.atomic():
            _know_orders()
            withhold(on)
            parts = _parts(on)
        return sum(side_by_side(partial(_make_part, on), parts))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(UNLOCK)


def _know_orders() -> None:
    """Many orders made a moment ago would be taken for none and looked up one by one."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY)
        if cursor.fetchone()[0] > MOST_LINES:
            cursor.execute("ANALYZE payments_order")


def _parts(on: date) -> list[Part]:
    """About two parts a session, so that a slow one does not keep the others waiting; a small run is one part."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")  # a million places are sorted in memory, not on disk
        cursor.execute(CUTS, {"most": MOST_LINES})
        cuts = [(lines, place) for lines, *place in cursor.fetchall()]
    numbers = take_left(f"register-{on.year}", len(cuts), used=partial(_numbers_of, on.year))
    size = max(FEWEST_IN_PART, sum(lines for lines, _ in cuts) // (2 * SESSIONS))
    parts: list[Part] = []
    begun: list[tuple[Register, int]] = []
    after = START
    for number, (lines, place) in zip(numbers, cuts, strict=True):
        begun.append((_register(f"{on.year}-{number:06d}", place[0], place[1], on), lines))
        if sum(lines for _, lines in begun) >= size or place is cuts[-1][1]:
            parts.append(Part([register for register, _ in begun], [lines for _, lines in begun], after, place))
            begun, after = [], place
    return parts


def _numbers_of(year: int) -> set[int]:
    """Numbers of the year's registers, those for creditors too."""
    used = Register.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    return {int(number[5:]) for number in used if number[5:].isdigit()}


def _make_part(on: date, part: Part) -> int:
    """How many registers were made."""
    for _ in range(MOST_TRIES - 1):
        try:
            return _make(on, part)
        except OrdersMoved:
            continue
    return _make(on, part)


@transaction.atomic
def _make(on: date, part: Part) -> int:
    """What stopped being ready since the line was cut leaves its place; what became ready waits for the next run.

    Raises OrdersMoved. A register that nothing is left for is not made, its number goes to a later one.
    """
    Register.objects.bulk_create(part.registers)
    first_of: dict[tuple[str, str], int] = {}
    planned: dict[tuple[str, str], int] = {}
    for place, (register, lines) in enumerate(zip(part.registers, part.lines, strict=True), start=1):
        whose = (register.body, register.bik)
        first_of.setdefault(whose, place)
        planned[whose] = planned.get(whose, 0) + lines
    params = {
        "most": MOST_LINES,
        "on": on,
        "ids": [register.id for register in part.registers],
        "bodies": [body for body, _ in first_of],
        "biks": [bik for _, bik in first_of],
        "firsts": list(first_of.values()),
        "planned": list(planned.values()),
        **{f"after_{n}": value for n, value in enumerate(part.after)},
        **{f"upto_{n}": value for n, value in enumerate(part.upto)},
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(LINES, params)
        moved = int(cursor.rowcount)
        cursor.execute(TOTALS, params)
        if sum(lines for (lines,) in cursor.fetchall()) != moved:
            raise OrdersMoved
        cursor.execute(EMPTY, params)
        return len(part.registers) - int(cursor.rowcount)


def _register(number: str, body: str, bik: str, on: date) -> Register:
    return Register(
        id=uuid5(NAMESPACE, number), number=number, date=on, body=body, bik=bik, lines_count=0, total_kopecks=0
    )
