"""Take the lawful part of payments that are about to leave for enforcement documents, in the order of the law.

Law: 229-FZ art. 98 (who pays periodic sums executes), 99 (limits, the living minimum), 101 (what is not levied), 111
(turns, in proportion within one); numbers and lists are data, `law/levy.yaml`. A debtor's incomes of one kind are one
pool: documents take from it turn by turn, what is claimed currently before debts, and what they took is spread over the
orders of the pool. Sets of rows throughout: the number of statements does not depend on how many orders there are, and
the planner knows each table before it is asked: made a moment ago, it would be taken for empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection

from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.levy_rules import Income, rules
from kazna.contexts.payments.lifecycle import TO_SEND
from kazna.contexts.payments.writs import Writ

TABLES = "DROP TABLE IF EXISTS levy_order, levy_person, levy_pool, levy_claim, levy_part"

# Orders ready to leave to living debtors from incomes that are levied; money of a child or an heir's is not the
# debtor's.
ORDERS = f"""
    CREATE TEMP TABLE levy_order ON COMMIT DROP AS
    SELECT o.id, o.recipient_id AS debtor, o.body, g.income, o.month, o.amount_kopecks AS amount
    FROM (SELECT DISTINCT debtor_id, body FROM payments_writ WHERE state = 'active') w
    JOIN payments_order o ON o.recipient_id = w.debtor_id AND o.body = w.body
    JOIN payments_payee p ON p.person_id = o.recipient_id
    JOIN unnest(%(measures)s::text[], %(incomes)s::text[]) AS g(measure, income) ON g.measure = o.measure
    WHERE {TO_SEND} AND o.withheld_kopecks = 0 AND o.subject_id = o.recipient_id
      AND p.account IS NOT NULL AND p.died_on IS NULL
"""

# What of the month's incomes is above the living minimum: ready now, and left this month less what was withheld.
PEOPLE = """
    CREATE TEMP TABLE levy_person ON COMMIT DROP AS
    SELECT d.debtor, d.body, CASE WHEN m.marked THEN
               coalesce(d.ready + coalesce((
                   SELECT sum(o.amount_kopecks - o.withheld_kopecks) FROM payments_order o
                   LEFT JOIN payments_register r ON r.id = o.register_id
                   WHERE o.recipient_id = d.debtor AND o.body = d.body AND o.subject_id = o.recipient_id
                     AND o.measure = ANY(%(measures)s::text[])
                     AND (o.state = 'scheduled' AND o.withheld_kopecks > 0
                          OR o.state IN ('in_register', 'sent', 'credited') AND r.date >= %(month)s)
               ), 0) - m.minimum, 0) END::bigint AS above
    FROM (SELECT debtor, body, sum(amount) AS ready FROM levy_order GROUP BY debtor, body) d
    LEFT JOIN (SELECT debtor_id, body, true AS marked,
                      CASE WHEN bool_and(minimum_kopecks IS NOT NULL) THEN max(minimum_kopecks) END AS minimum
               FROM payments_writ WHERE state = 'active' AND minimum_group <> '' GROUP BY debtor_id, body) m
         ON m.debtor_id = d.debtor AND m.body = d.body
"""

PARTS = """
    CREATE TEMP TABLE levy_part (
        writ uuid, order_id uuid, debtor uuid, body text, current bigint, debt bigint) ON COMMIT DROP
"""

POOLS = """
    CREATE TEMP TABLE levy_pool ON COMMIT DROP AS
    SELECT debtor, body, sum(amount * %(together)s / 100)::bigint AS narrow, sum(amount * %(widest)s / 100)::bigint AS
        wide,
           0::bigint AS taken
    FROM levy_order WHERE income = %(income)s GROUP BY debtor, body
"""

# What each document claims from the pool: its share of each order (its sum of each month) for the days on which it
# holds, less what was taken for that month already; what is left of its debt; and the most it may take.
CLAIMS = """
    CREATE TEMP TABLE levy_claim ON COMMIT DROP AS
    WITH claims AS (
        SELECT w.*, c.queue, c.percent AS by_law, c.keeps AND w.minimum_group <> '' AS keeps, c.percent > %(together)s
            AS wide
        FROM payments_writ w
        JOIN unnest(%(claims)s::text[], %(queues)s::int[], %(percents)s::int[], %(keeps)s::bool[])
             AS c(claim, queue, percent, keeps) ON c.claim = w.claim
        WHERE w.state = 'active'
    ), days AS (
        SELECT c.id, o.month, o.amount,
               greatest(least(coalesce(c.last_day, 'infinity'), (o.month + interval '1 month')::date)
                        - greatest(c.first_day, o.month), 0)::bigint AS held,
               ((o.month + interval '1 month')::date - o.month)::bigint AS whole
        FROM claims c JOIN levy_order o ON o.debtor = c.debtor_id AND o.body = c.body AND o.income = %(income)s
    ), shares AS (
        SELECT c.id, sum(d.amount * c.share_top * d.held / (c.share_bottom * d.whole)) AS kopecks
        FROM claims c JOIN days d ON d.id = c.id WHERE c.share_top IS NOT NULL GROUP BY c.id
    ), months AS (
        SELECT d.id, sum(greatest(c.monthly_kopecks * d.held / d.whole - coalesce(t.taken, 0), 0)) AS kopecks
        FROM (SELECT DISTINCT id, month, held, whole FROM days) d JOIN claims c ON c.id = d.id
        CROSS JOIN LATERAL (SELECT sum(p.current_kopecks) AS taken FROM payments_writ_part p
                            JOIN payments_order o ON o.id = p.order_id
                            WHERE p.writ_id = d.id AND o.month = d.month) t
        WHERE c.monthly_kopecks IS NOT NULL GROUP BY d.id
    ), mosts AS (
        SELECT c.id, sum(d.amount * least(c.percent, c.by_law) / 100)::bigint AS kopecks
        FROM claims c JOIN days d ON d.id = c.id GROUP BY c.id
    )
    SELECT c.id AS writ, c.debtor_id AS debtor, c.body, c.queue, c.keeps, c.wide,
           coalesce(s.kopecks, m.kopecks, 0)::bigint AS current,
           greatest(coalesce(c.debt_kopecks - (SELECT coalesce(sum(p.debt_kopecks), 0) FROM payments_writ_part p
                                               WHERE p.writ_id = c.id), 0), 0)::bigint AS debt,
           x.kopecks AS most, 0::bigint AS taken_current, 0::bigint AS taken_debt
    FROM claims c LEFT JOIN shares s ON s.id = c.id LEFT JOIN months m ON m.id = c.id
    JOIN mosts x ON x.id = c.id AND x.kopecks > 0
"""

# One turn: documents of one queue take `{mode}` within `{width}`; when it is not enough, in proportion, to the kopeck.
TURN = """
    WITH wanted AS (
        SELECT c.writ, c.debtor, c.body, c.keeps, s.above, p.{width} - p.taken AS room,
               least(c.{mode} - c.taken_{mode}, c.most - c.taken_current - c.taken_debt) AS kopecks
        FROM levy_claim c JOIN levy_pool p ON p.debtor = c.debtor AND p.body = c.body
        JOIN levy_person s ON s.debtor = c.debtor AND s.body = c.body
        WHERE c.queue = %(queue)s AND (c.wide OR '{width}' = 'narrow')
    ), asked AS (
        SELECT writ, debtor, body, room,
               CASE WHEN keeps AND above IS NOT NULL THEN payments_share(
                   greatest(above - coalesce(sum(kopecks) FILTER (WHERE NOT keeps) OVER same, 0), 0)::bigint, kopecks,
                   (sum(kopecks) OVER (PARTITION BY debtor, body, keeps ORDER BY writ))::bigint,
                   (sum(kopecks) OVER (PARTITION BY debtor, body, keeps))::bigint)
               ELSE kopecks END AS kopecks
        FROM wanted WHERE kopecks > 0 AND room > 0
        WINDOW same AS (PARTITION BY debtor, body)
    ), given AS (
        SELECT writ, debtor, body,
               payments_share(room, kopecks, (sum(kopecks) OVER (PARTITION BY debtor, body ORDER BY writ))::bigint,
                              (sum(kopecks) OVER (PARTITION BY debtor, body))::bigint) AS kopecks
        FROM asked WHERE kopecks > 0
    ), of_claims AS (
        UPDATE levy_claim c SET taken_{mode} = c.taken_{mode} + g.kopecks FROM given g WHERE g.writ = c.writ
    ), sums AS (
        SELECT debtor, body, sum(kopecks)::bigint AS kopecks FROM given GROUP BY debtor, body
    ), of_pools AS (
        UPDATE levy_pool p SET taken = p.taken + s.kopecks FROM sums s WHERE s.debtor = p.debtor AND s.body = p.body
    )
    UPDATE levy_person d SET above = d.above - s.kopecks FROM sums s WHERE s.debtor = d.debtor AND s.body = d.body
"""

# What was taken and the orders lie along one line, each as a stretch of kopecks; where two stretches meet is a part.
SPREAD = """
    INSERT INTO levy_part (writ, order_id, debtor, body, current, debt)
    WITH taken AS (
        SELECT writ, debtor, body, taken_current AS current, taken_current + taken_debt AS whole,
               sum(taken_current + taken_debt) OVER (PARTITION BY debtor, body ORDER BY queue, writ) AS upto
        FROM levy_claim WHERE taken_current + taken_debt > 0
    ), shares AS (
        SELECT o.id, o.debtor, o.body, o.month, p.taken,
               o.amount * CASE WHEN p.taken <= p.narrow THEN %(together)s ELSE %(widest)s END / 100 AS most
        FROM levy_order o JOIN levy_pool p ON p.debtor = o.debtor AND p.body = o.body
        WHERE o.income = %(income)s AND p.taken > 0
    ), stretches AS (
        SELECT id, debtor, body, payments_share(taken, most, upto, whole) AS share, upto, taken, most, whole
        FROM (SELECT *, (sum(most) OVER (PARTITION BY debtor, body ORDER BY month, id))::bigint AS upto,
                     (sum(most) OVER (PARTITION BY debtor, body))::bigint AS whole FROM shares) s
    ), orders AS (
        SELECT id, debtor, body, share, sum(share) OVER (PARTITION BY debtor, body ORDER BY upto, id) AS stop
        FROM stretches
    ), met AS (
        SELECT t.writ, o.id, o.debtor, o.body, t.upto - t.whole + t.current AS border,
               greatest(t.upto - t.whole, o.stop - o.share) AS start, least(t.upto, o.stop) AS stop
        FROM taken t JOIN orders o ON o.debtor = t.debtor AND o.body = t.body
    )
    SELECT writ, id, debtor, body, greatest(least(stop, border) - start, 0)::bigint,
           (stop - start - greatest(least(stop, border) - start, 0))::bigint
    FROM met WHERE stop > start
"""

KEEP_PARTS = """
    INSERT INTO payments_writ_part (writ_id, order_id, debtor_id, body, current_kopecks, debt_kopecks, "on")
    SELECT l.writ, l.order_id, l.debtor, l.body, l.current, l.debt, %(on)s FROM levy_part l
    JOIN levy_order o ON o.id = l.order_id WHERE o.income = %(income)s ORDER BY l.writ, l.order_id
"""

HELD_BACK = """
    UPDATE payments_order o SET withheld_kopecks = s.kopecks
    FROM (SELECT order_id, sum(current + debt)::bigint AS kopecks FROM levy_part GROUP BY order_id) s
    WHERE s.order_id = o.id
"""

WITHHELD = """
    SELECT o.id, o.measure, o.body, o.kbk, o.recipient_id, l.current + l.debt AS amount_kopecks, l.writ AS writ_id
    FROM levy_part l JOIN payments_order o ON o.id = l.order_id
"""


@dataclass(frozen=True, slots=True)
class Levied:
    """Kopecks withheld, and what is left above the living minimum of those who keep it: (debtor, body) → kopecks."""

    kopecks: int = 0
    above: dict[tuple[UUID, str], int] = field(default_factory=dict)


def levy(on: date) -> Levied:
    """Withhold by all documents in force. Call it in a transaction; without documents it asks one question."""
    if not Writ.objects.filter(state="active").exists():
        return Levied()
    law = rules()
    params = {
        "on": on,
        "month": on.replace(day=1),
        "measures": [measure for income in law.incomes for measure in income.measures],
        "incomes": [income.code for income in law.incomes for _ in income.measures],
        "together": law.together,
        "widest": max(claim.percent for claim in law.claims.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for statement in (ORDERS, "ANALYZE levy_order", PEOPLE, "ANALYZE levy_person", PARTS):
            cursor.execute(statement, params)
        for income in law.incomes:
            _take(cursor, income, params | {"income": income.code})
        cursor.execute("ANALYZE levy_part")
        cursor.execute(HELD_BACK)
        cursor.execute("SELECT coalesce(sum(current + debt), 0)::bigint FROM levy_part")
        kopecks = int(cursor.fetchone()[0])
        cursor.execute("SELECT debtor, body, greatest(above, 0) FROM levy_person WHERE above IS NOT NULL")
        above = {(debtor, body): int(left) for debtor, body, left in cursor.fetchall()}
    move_and_post(Kind.WRIT_WITHHELD, WITHHELD, {}, on=on)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    return Levied(kopecks, above)


def _take(cursor, income: Income, params: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    """All turns of one kind of incomes; the next kind sees what this one has taken."""
    cursor.execute("SELECT EXISTS (SELECT 1 FROM levy_order WHERE income = %(income)s)", params)
    if not cursor.fetchone()[0]:
        return
    claims = [claim for claim in rules().claims.values() if not income.only or claim.code in income.only]
    params |= {
        "claims": [claim.code for claim in claims],
        "queues": [claim.queue for claim in claims],
        "percents": [claim.percent for claim in claims],
        "keeps": [claim.keeps_minimum for claim in claims],
    }
    cursor.execute("DROP TABLE IF EXISTS levy_pool, levy_claim")
    cursor.execute(POOLS, params)
    cursor.execute(CLAIMS, params)
    cursor.execute("ANALYZE levy_pool, levy_claim")
    cursor.execute("SELECT DISTINCT queue, wide FROM levy_claim ORDER BY queue")
    found = cursor.fetchall()
    for queue in sorted({queue for queue, _ in found}):
        for mode in ("current", "debt"):
            for width in ("narrow", "wide") if (queue, True) in found else ("narrow",):
                cursor.execute(TURN.format(mode=mode, width=width), {"queue": queue})
    cursor.execute(SPREAD, params)
    cursor.execute(KEEP_PARTS, params)
