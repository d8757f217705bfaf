"""Gather scheduled orders into registers of credits, one bank and one payer each."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.db import connection, transaction

from kazna.contexts.payments.actions.withhold import withhold
from kazna.contexts.payments.models import Register
from kazna.contexts.payments.sources import Sources
from kazna.plumbing.numbering import take

MOST_LINES = 5000
NAMESPACE = uuid5(NAMESPACE_URL, "kazna/registers")

READY = """
    SELECT o.body, p.bik, count(*) FROM payments_order o JOIN payments_payee p ON p.person_id = o.recipient_id
    WHERE o.state = 'scheduled' AND p.account IS NOT NULL GROUP BY o.body, p.bik ORDER BY o.body, p.bik
"""

LINES = """
    WITH placed AS (
        SELECT o.id, o.body, o.recipient_id, o.amount_kopecks - o.withheld_kopecks AS amount_kopecks, p.bik,
               p.account, p.surname, p.forename, p.patronymic, p.address,
               greatest(date_trunc('month', %(on)s::date)::date + p.delivery_day - 1, %(on)s::date + 2) AS delivery_on,
               (row_number() OVER (PARTITION BY o.body, p.bik
                    ORDER BY p.snils, p.surname, p.forename, p.patronymic, o.measure, o.month, o.id) - 1)::int AS place
        FROM payments_order o JOIN payments_payee p ON p.person_id = o.recipient_id
        WHERE o.state = 'scheduled' AND p.account IS NOT NULL
    ), lines AS (
        INSERT INTO payments_register_line (register_id, number, order_id, body, recipient_id, surname, forename,
                                            patronymic, account, amount_kopecks, address, delivery_on)
        SELECT (%(ids)s::uuid[])[r.first + placed.place / %(most)s], placed.place %% %(most)s + 1, placed.id,
               placed.body, placed.recipient_id, placed.surname,
               placed.forename, placed.patronymic, placed.account, placed.amount_kopecks, placed.address,
               CASE WHEN placed.bik LIKE 'post-%%' THEN placed.delivery_on END
        FROM placed
        JOIN unnest(%(bodies)s::text[], %(biks)s::text[], %(firsts)s::int[]) AS r(body, bik, first)
             ON r.body = placed.body AND r.bik = placed.bik
        RETURNING register_id, order_id
    )
    UPDATE payments_order o SET state = 'in_register', register_id = lines.register_id
    FROM lines WHERE lines.order_id = o.id
"""

TOTALS = """
    UPDATE payments_register r SET lines_count = t.lines, total_kopecks = t.total
    FROM (SELECT register_id, count(*) AS lines, sum(amount_kopecks)::bigint AS total
          FROM payments_register_line WHERE register_id = ANY(%(ids)s::uuid[]) GROUP BY register_id) t
    WHERE t.register_id = r.id
"""


@transaction.atomic
def make_registers(on: date, sources: Sources) -> int:
    """Put all scheduled orders into registers of at most 5000 lines; return how many were made.

    Lines go by СНИЛС, so the same orders give the same registers. On days off nothing is made.
    """
    if not sources.is_working_day(on):
        return 0
    withhold(on)
    with connection.cursor() as cursor:
        cursor.execute(READY)
        wanted = [
            (body, bik, chunk)
            for body, bik, count in cursor.fetchall()
            for chunk in range((count + MOST_LINES - 1) // MOST_LINES)
        ]
    if not wanted:
        return 0
    numbers = take(f"register-{on.year}", len(wanted))
    made = [
        _register(f"{on.year}-{number:06d}", body, bik, on)
        for number, (body, bik, _) in zip(numbers, wanted, strict=True)
    ]
    Register.objects.bulk_create(made)
    starts = [(body, bik, place) for place, (body, bik, chunk) in enumerate(wanted, start=1) if chunk == 0]
    params = {
        "most": MOST_LINES,
        "on": on,
        "ids": [register.id for register in made],
        "bodies": [body for body, _, _ in starts],
        "biks": [bik for _, bik, _ in starts],
        "firsts": [place for _, _, place in starts],
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")  # a million lines are sorted in memory, not on disk
        cursor.execute(LINES, params)
        cursor.execute(TOTALS, {"ids": params["ids"]})
    return len(made)


def _register(number: str, body: str, bik: str, on: date) -> Register:
    return Register(
        id=uuid5(NAMESPACE, number), number=number, date=on, body=body, bik=bik, lines_count=0, total_kopecks=0
    )
