"""The register of the needy: families poor by income and not above the list of property, as rights found them.

A query over the newest answers of measures with a needs test: nobody is asked again, nothing is kept twice. A family is
needy where the rule said so and its property was not in the way; income a head is the rule's own figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

# One row a person: the newest answer that knows the income. Conditions: needy or poor, property where it is asked for.
QUERY = """
    WITH told AS (
        SELECT DISTINCT ON (s.recipient_id) s.recipient_id, r.measure, r.id AS right_id, r.governing_date, r."on",
               income.months, (income.value)::numeric AS income, (size.value)::int AS size,
               coalesce(needs.answer, poor.answer) AS needs, estate.answer AS estate
        FROM measures_standing s JOIN measures_right r ON r.id = s.right_id
        CROSS JOIN LATERAL (
            SELECT step ->> 'value' AS value, CASE step ->> 'name' WHEN 'family_income_12m' THEN 12 ELSE 3 END AS months
            FROM jsonb_array_elements(r.trace -> 'steps') step
            WHERE step ->> 'name' IN ('family_income_12m', 'family_income_3m')
              AND step ->> 'value' ~ '^[0-9]+$' LIMIT 1) income
        CROSS JOIN LATERAL (
            SELECT step ->> 'value' AS value FROM jsonb_array_elements(r.trace -> 'steps') step
            WHERE step ->> 'name' = 'family_size' AND step ->> 'value' ~ '^[1-9][0-9]*$' LIMIT 1) size
        LEFT JOIN LATERAL (SELECT c ->> 'answer' AS answer FROM jsonb_array_elements(r.trace -> 'conditions') c
                           WHERE c ->> 'id' = 'needy' LIMIT 1) needs ON true
        LEFT JOIN LATERAL (SELECT c ->> 'answer' AS answer FROM jsonb_array_elements(r.trace -> 'conditions') c
                           WHERE c ->> 'id' = 'poor' LIMIT 1) poor ON true
        LEFT JOIN LATERAL (SELECT c ->> 'answer' AS answer FROM jsonb_array_elements(r.trace -> 'conditions') c
                           WHERE c ->> 'id' = 'property' LIMIT 1) estate ON true
        WHERE s.recipient_id > %(after)s AND r."on" >= %(since)s
        ORDER BY s.recipient_id, coalesce(r.governing_date, r."on") DESC, r.measure
    )
    SELECT t.recipient_id, t.measure, t.right_id, coalesce(t.governing_date, t."on"),
           floor(t.income / t.months / t.size)::bigint, t.size, t.estate IS NOT NULL
    FROM told t JOIN registers_person p ON p.id = t.recipient_id
    WHERE t.needs = %(yes)s AND coalesce(t.estate, %(yes)s) = %(yes)s
      AND (%(territory)s = '' OR p.territory = %(territory)s) AND p.died_on IS NULL
      AND (%(most)s::bigint IS NULL OR t.income / t.months / t.size <= %(most)s)
    ORDER BY t.recipient_id LIMIT %(limit)s
"""
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class NeedyFamily:
    """The family of a person: kopecks a head and month, people, by which answer and as of which day.

    `is_property_checked`: the rule that answered also looked at property.
    """

    person_id: UUID
    measure: str
    right_id: UUID
    as_of: date
    income_kopecks: int
    family_size: int
    is_property_checked: bool


def needy(
    *, since: date, territory: str = "", most_kopecks: int | None = None, limit: int = 50, after: UUID | None = None
) -> list[NeedyFamily]:
    """Families found needy since a day, by person; `most_kopecks` a head; `after`: the last person shown."""
    params = {
        "since": since, "territory": territory, "most": most_kopecks, "limit": limit, "after": after or NOBODY,
        "yes": "yes",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(QUERY, params)
        return [NeedyFamily(*row) for row in cursor.fetchall()]
