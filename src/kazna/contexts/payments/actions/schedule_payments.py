"""Turn what is due into payment orders: a few statements for each hundred thousand awards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments.contracts import HoldReason, OrderState
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.letters import no_account_letter
from kazna.contexts.payments.models import Order, Payee
from kazna.contexts.payments.sources import Sources
from kazna.events.cause import Cause
from kazna.plumbing.side_by_side import side_by_side

DUE = """
    FROM payments_obligation o
    CROSS JOIN LATERAL (SELECT payments_final_month(o.last_day, o.stops_on) AS final) f
    CROSS JOIN LATERAL (SELECT least(f.final, payments_last_due(%(through)s, o.pay_day, o.pay_shift, o.next_month))
                        AS last) l
"""

MONTHS_MORE = """
    CASE WHEN o.last = o.next_month THEN 0
         ELSE (12 * (extract(year FROM o.last) - extract(year FROM o.next_month))
               + extract(month FROM o.last) - extract(month FROM o.next_month))::int END
"""

# Awards and where their money goes first, all at once; then a row a month. Orders are written in the order of awards.
NEW_ORDERS = f"""
    INSERT INTO payments_order (id, award_id, measure, body, kbk, recipient_id, subject_id, month, attempt,
                                amount_kopecks, pay_on, state, hold_reason, return_reason, created_on)
    WITH owed AS MATERIALIZED (
        SELECT o.*, l.last,
               CASE WHEN p.died_on IS NOT NULL THEN 'recipient_died'
                    WHEN p.account IS NULL OR p.is_refused THEN 'no_account' ELSE '' END AS reason
        {DUE}
        JOIN payments_payee p ON p.person_id = o.recipient_id
        WHERE o.next_pay_on <= %(through)s AND o.award_id > %(after)s AND o.award_id <= %(upto)s
        ORDER BY o.award_id
    ), due AS (
        SELECT md5(o.award_id || '/' || m.month || '/1')::uuid, o.award_id, o.measure, o.body, o.kbk, o.recipient_id,
               o.subject_id, m.month, 1,
               coalesce((SELECT d.due_kopecks FROM payments_month_due d
                         WHERE d.award_id = o.award_id AND d.month = m.month ORDER BY d.id DESC LIMIT 1),
                        payments_month_amount(o.amount_kopecks, m.month, o.first_day, o.last_day,
                                              o.prorate_first, o.prorate_last)) AS amount,
               greatest(payments_regular_day(m.month, o.pay_day, o.pay_shift), o.first_pay_on),
               CASE WHEN o.reason = '' THEN 'scheduled' ELSE 'held' END, o.reason, '', %(on)s::date
        FROM owed o CROSS JOIN LATERAL generate_series(0, {MONTHS_MORE}) AS n(more)
        CROSS JOIN LATERAL (SELECT CASE n.more WHEN 0 THEN o.next_month
                                   ELSE (o.next_month + make_interval(months => n.more))::date END AS month) m
        OFFSET 0
    )
    SELECT * FROM due WHERE amount > 0
    RETURNING id, measure, body, kbk, recipient_id, amount_kopecks
"""

MOVE_ON = f"""
    UPDATE payments_obligation o SET next_month = n.month,
        next_pay_on = CASE WHEN n.month IS NOT NULL
                      THEN greatest(payments_regular_day(n.month, o.pay_day, o.pay_shift), o.first_pay_on) END
    FROM (
        SELECT o.award_id, CASE WHEN o.pay_day IS NULL OR after.month > f.final THEN NULL ELSE after.month END AS month
        {DUE}
        CROSS JOIN LATERAL (SELECT (l.last + interval '1 month')::date AS month) after
        WHERE o.next_pay_on <= %(through)s AND o.award_id > %(after)s AND o.award_id <= %(upto)s
    ) n
    WHERE n.award_id = o.award_id
"""


MOST_AWARDS = 100_000
BEFORE_ALL = UUID(int=0)
CHUNKS = """
    SELECT award_id, n - lag(n, 1, 0::bigint) OVER (ORDER BY n) FROM (
        SELECT award_id, row_number() OVER (ORDER BY award_id) AS n, count(*) OVER () AS every
        FROM payments_obligation WHERE next_pay_on <= %(through)s
    ) due WHERE n %% %(most)s = 0 OR n = every ORDER BY n
"""


def schedule_payments(
    on: date, cause: Cause, sources: Sources, *, progress: Callable[[int], None] = lambda awards: None
) -> int:
    """Make orders for everything due by the eve of the next working day; return the legs posted.

    Money due on a day off is paid on the last working day before it; on days off nothing is made. Each hundred
    thousand awards are a transaction, several of them at once: a run that was killed goes on with the awards that are
    still due.
    """
    if not sources.is_working_day(on):
        return 0
    through = sources.working_day_after(on, 1) - timedelta(days=1)
    chunks = _chunks(through)
    legs = 0
    for posted, awards in side_by_side(partial(_schedule_chunk, on, through), chunks):
        legs += posted
        progress(awards)
    _tell_those_without_account(on, cause)
    return legs


def _chunks(through: date) -> list[tuple[UUID, UUID, int]]:
    """Awards due: after which award, up to which, and how many, a hundred thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute(CHUNKS, {"through": through, "most": MOST_AWARDS})
        rows = cursor.fetchall()
    starts = [BEFORE_ALL, *(upto for upto, _ in rows)]
    return [(after, upto, awards) for after, (upto, awards) in zip(starts, rows, strict=False)]


@transaction.atomic
def _schedule_chunk(on: date, through: date, chunk: tuple[UUID, UUID, int]) -> tuple[int, int]:
    """How many legs were posted, for how many awards."""
    after, upto, awards = chunk
    params = {"on": on, "through": through, "after": after, "upto": upto}
    legs = move_and_post(Kind.ACCRUED, NEW_ORDERS, params, on=on)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, params)
    return legs, awards


@transaction.atomic
def _tell_those_without_account(on: date, cause: Cause) -> None:
    held = Order.objects.filter(waits=OrderState.HELD, hold_reason=HoldReason.NO_ACCOUNT, created_on=on)
    sums: dict[object, int] = {}
    for recipient_id, amount in held.order_by("recipient_id", "id").values_list("recipient_id", "amount_kopecks"):
        sums[recipient_id] = sums.get(recipient_id, 0) + amount
    payees = Payee.objects.filter(person_id__in=list(sums), is_refused=False).order_by("person_id")
    notifications.notify([no_account_letter(payee, sums[payee.person_id], on, cause) for payee in payees])
