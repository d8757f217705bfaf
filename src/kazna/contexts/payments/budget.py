"""The budget: limits against what was paid, waits and will be needed; the forecast; spending by day."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from kazna.contexts.payments.budget_lines import budget_of
from kazna.contexts.payments.contracts import BudgetLine, MonthOfBudget
from kazna.contexts.payments.debts import Forecast
from kazna.kernel.periods import add_months, month_start

LINES = """
    WITH orders AS (
        SELECT measure, body, max(kbk) AS kbk,
               coalesce(sum(kopecks) FILTER (WHERE state IN ('in_register', 'sent', 'credited', 'returned')), 0)
               AS taken,
               coalesce(sum(kopecks) FILTER (WHERE state = 'credited'), 0) AS paid,
               coalesce(sum(kopecks) FILTER (WHERE state = 'held' AND hold_reason = 'no_limit'), 0) AS waiting
        FROM payments_order_sum WHERE year = %(year)s GROUP BY measure, body HAVING sum(pieces) <> 0
    ), certificates AS (
        SELECT measure, body, max(kbk) AS kbk,
               coalesce(sum(kopecks - returned_kopecks) FILTER (WHERE is_issued), 0) AS taken,
               coalesce(sum(used_kopecks) FILTER (WHERE is_issued), 0) AS paid,
               coalesce(sum(kopecks) FILTER (WHERE state = 'waiting'), 0) AS waiting
        FROM payments_certificate_sum
        WHERE (is_issued AND year = %(year)s) OR (state = 'waiting' AND year <= %(year)s)
        GROUP BY measure, body HAVING sum(pieces) <> 0
    ), forecast AS (
        SELECT measure, body, max(kbk) AS kbk, sum(in_force_kopecks + expected_kopecks) AS needed
        FROM payments_forecast WHERE month >= %(first)s AND month < %(next)s GROUP BY measure, body
    ), names AS (
        SELECT measure, body FROM orders UNION SELECT measure, body FROM forecast
        UNION SELECT measure, body FROM certificates
        UNION SELECT measure, body FROM payments_limit_change WHERE year = %(year)s
    ), limits AS (
        SELECT measure, body, max(kbk) AS kbk, sum(change_kopecks) AS kopecks FROM payments_limit_change
        WHERE year = %(year)s GROUP BY measure, body
    )
    SELECT n.measure, n.body, coalesce(o.kbk, c.kbk, l.kbk, f.kbk, ''), l.kopecks::bigint,
           (coalesce(o.taken, 0) + coalesce(c.taken, 0))::bigint, (coalesce(o.paid, 0) + coalesce(c.paid, 0))::bigint,
           (coalesce(o.waiting, 0) + coalesce(c.waiting, 0))::bigint, coalesce(f.needed, 0)::bigint,
           (coalesce(c.taken, 0) - coalesce(c.paid, 0))::bigint
    FROM names n LEFT JOIN orders o USING (measure, body) LEFT JOIN certificates c USING (measure, body)
    LEFT JOIN forecast f USING (measure, body) LEFT JOIN limits l USING (measure, body) ORDER BY n.measure, n.body
"""

# Awards in force give their months; a new award every month as often, and as large, as in the six months before.
# A certificate takes its whole sum on the day of issue, so those in force need nothing more.
COUNT = """
    INSERT INTO payments_forecast (measure, body, kbk, month, in_force_kopecks, expected_kopecks, awards, counted_on)
    SELECT measure, body, kbk, month, sum(in_force)::bigint, sum(expected)::bigint, sum(awards)::int, %(on)s FROM (
        SELECT b.measure, b.body, b.kbk, (m.paid_for + make_interval(months => b.pay_shift))::date AS month,
               sum(payments_month_amount(b.amount_kopecks, m.paid_for::date, b.first_day, b.last_day,
                                         b.prorate_first, b.prorate_last)) AS in_force, 0 AS expected,
               count(*) AS awards
        FROM payments_obligation b
        CROSS JOIN LATERAL generate_series(
            b.next_month, least(payments_final_month(b.last_day, b.stops_on),
                                (%(last)s::date - make_interval(months => b.pay_shift))::date),
            interval '1 month') AS m(paid_for)
        WHERE b.next_month IS NOT NULL AND b.pay_day IS NOT NULL
        GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT b.measure, b.body, b.kbk, payments_month_of(b.next_pay_on), sum(b.amount_kopecks), 0, count(*)
        FROM payments_obligation b WHERE b.pay_day IS NULL AND b.next_pay_on IS NOT NULL GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT g.measure, g.body, g.kbk, m.month::date, 0,
               CASE WHEN g.is_monthly THEN g.per_month * (extract(month FROM age(m.month, %(this)s))) ELSE g.per_month
               END, 0
        FROM (SELECT measure, body, kbk, pay_day IS NOT NULL AS is_monthly, sum(amount_kopecks) / 6 AS per_month
              FROM payments_obligation WHERE decision_id IS NOT NULL AND granted_on >= %(half_year_ago)s
              GROUP BY 1, 2, 3, 4
              UNION ALL
              SELECT measure, body, kbk, false, sum(amount_kopecks - CASE ending WHEN 'revoked' THEN amount_kopecks
                                                                                 ELSE 0 END) / 6
              FROM payments_certificate WHERE granted_on >= %(half_year_ago)s GROUP BY 1, 2, 3, 4) g
        CROSS JOIN LATERAL generate_series(%(next_month)s::date, %(last)s::date, interval '1 month') AS m(month)
    ) parts WHERE month <= %(last)s GROUP BY measure, body, kbk, month HAVING sum(in_force + expected) > 0
"""


def lines(year: int) -> list[BudgetLine]:
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"year": year, "first": date(year, 1, 1), "next": date(year + 1, 1, 1)})
        return [BudgetLine(row[0], row[1], row[2], budget_of(row[2]), *row[3:]) for row in cursor.fetchall()]


@transaction.atomic
def count_forecast(on: date) -> int:
    """Count what payments of this and the coming months of the year will need; replaces the former count."""
    params = {
        "on": on,
        "this": month_start(on),
        "next_month": add_months(month_start(on), 1),
        "last": date(on.year, 12, 1),
        "half_year_ago": add_months(month_start(on), -6),
    }
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_forecast")
        cursor.execute(COUNT, params)
        return int(cursor.rowcount)


def counted_on(year: int) -> date | None:
    """The latest day on which a month of the year was forecast."""
    return Forecast.objects.filter(month__year=year).aggregate(latest=Max("counted_on"))["latest"]


def months(year: int, measure: str) -> list[MonthOfBudget]:
    """The twelve months of a year; an empty `measure` means all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.month::date,
                   coalesce((SELECT sum(kopecks) FROM payments_spending_by_day s WHERE s.day >= m.month
                             AND s.day < m.month + interval '1 month' AND %(measure)s IN ('', s.measure)), 0)::bigint,
                   coalesce((SELECT sum(in_force_kopecks) FROM payments_forecast f WHERE f.month = m.month
                             AND %(measure)s IN ('', f.measure)), 0)::bigint,
                   coalesce((SELECT sum(expected_kopecks) FROM payments_forecast f WHERE f.month = m.month
                             AND %(measure)s IN ('', f.measure)), 0)::bigint
            FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS m(month) ORDER BY 1
            """,
            {"measure": measure, "first": date(year, 1, 1), "last": date(year, 12, 1)},
        )
        return [MonthOfBudget(*row) for row in cursor.fetchall()]


def days(first: date, last: date, measure: str) -> list[tuple[date, int]]:
    """(day, kopecks credited less returned), days without money left out; `last` inclusive."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, sum(kopecks)::bigint FROM payments_spending_by_day WHERE day BETWEEN %s AND %s"
            " AND %s IN ('', measure) GROUP BY day ORDER BY day",
            [first, last, measure],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]
