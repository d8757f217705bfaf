"""The register of the needy: families poor by income and not above the list of property, as rights found them.

It follows from the newest answers of measures with a needs test: nobody is asked again. A family is needy where the
rule said so and its property was not in the way; income a head is the rule's own figure. Rows are kept a person, ready
to be shown by territory and income: a trigger notes about whom a measure was answered anew, `count_needy` follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.measures.library import current

BATCH = 10_000
INCOME = ("family_income_12m", "family_income_3m")
After = tuple[int, UUID]

# One row a person: the newest answer that knows the income. Conditions: needy or poor, property where it is asked for.
COUNT = """
    WITH told AS (
        SELECT DISTINCT ON (s.recipient_id) s.recipient_id, r.measure, r.id AS right_id, r.governing_date, r."on",
               income.months, (income.value)::numeric AS income, (size.value)::int AS size,
               coalesce(needs.answer, poor.answer) AS needs, estate.answer AS estate
        FROM measures_standing s JOIN measures_right r ON r.id = s.right_id
        LEFT JOIN measures_answer a ON a.id = r.answer_id
        CROSS JOIN LATERAL (SELECT coalesce(r.trace, a.trace) AS trace) said
        CROSS JOIN LATERAL (
            SELECT step ->> 'value' AS value, CASE step ->> 'name' WHEN 'family_income_12m' THEN 12 ELSE 3 END AS months
            FROM jsonb_array_elements(said.trace -> 'steps') step
            WHERE step ->> 'name' IN ('family_income_12m', 'family_income_3m')
              AND step ->> 'value' ~ '^[0-9]+$' LIMIT 1) income
        CROSS JOIN LATERAL (
            SELECT step ->> 'value' AS value FROM jsonb_array_elements(said.trace -> 'steps') step
            WHERE step ->> 'name' = 'family_size' AND step ->> 'value' ~ '^[1-9][0-9]*$' LIMIT 1) size
        LEFT JOIN LATERAL (SELECT c ->> 'answer' AS answer FROM jsonb_array_elements(said.trace -> 'conditions') c
                           WHERE c ->> 'id' = 'needy' LIMIT 1) needs ON true
        LEFT JOIN LATERAL (SELECT c ->> 'answer' AS answer FROM jsonb_array_elements(said.trace -> 'conditions') c
                           WHERE c ->> 'id' = 'poor' LIMIT 1) poor ON true
        LEFT JOIN LATERAL (SELECT c ->> 'answer' AS answer FROM jsonb_array_elements(said.trace -> 'conditions') c
                           WHERE c ->> 'id' = 'property' LIMIT 1) estate ON true
        WHERE s.recipient_id = ANY(%(people)s::uuid[]) AND s.measure <> ALL(%(others)s::text[])
        ORDER BY s.recipient_id, coalesce(r.governing_date, r."on") DESC, r.measure
    )
    INSERT INTO measures_needy (person_id, territory, measure, right_id, as_of, answered_on, income_kopecks,
                                family_size, is_property_checked)
    SELECT t.recipient_id, p.territory, t.measure, t.right_id, coalesce(t.governing_date, t."on"), t."on",
           floor(t.income / t.months / t.size)::bigint, t.size, t.estate IS NOT NULL
    FROM told t JOIN registers_person p ON p.id = t.recipient_id
    WHERE t.needs = 'yes' AND coalesce(t.estate, 'yes') = 'yes' AND p.died_on IS NULL
    ON CONFLICT (person_id) DO NOTHING
"""
TAKE = """
    DELETE FROM measures_needy_due
    WHERE person_id IN (SELECT person_id FROM measures_needy_due ORDER BY id LIMIT %s) RETURNING person_id
"""
MOVED = """
    UPDATE measures_needy n SET territory = p.territory FROM registers_person p
    WHERE p.id = n.person_id AND p.territory <> n.territory
"""
LOCK = "SELECT pg_advisory_xact_lock(hashtext('measures.needy'))"
AS_OF = "SELECT since FROM measures_needy_as_of"
SHOWN = """
    SELECT n.person_id, n.measure, n.right_id, n.as_of, n.income_kopecks, n.family_size, n.is_property_checked
    FROM measures_needy n JOIN registers_person p ON p.id = n.person_id AND p.died_on IS NULL
    WHERE n.answered_on >= %(since)s AND (n.income_kopecks, n.person_id) > (%(after_kopecks)s, %(after_id)s::uuid)
      AND n.income_kopecks <= %(most)s {where} ORDER BY n.income_kopecks, n.person_id LIMIT %(limit)s
"""
BEGINNING: After = (-1, UUID(int=0))
ANY_INCOME = 2**62


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
    *, since: date, territory: str = "", most_kopecks: int | None = None, limit: int = 50, after: After | None = None
) -> list[NeedyFamily]:
    """Families found needy since a day, the poorest first; `most_kopecks` a head.

    `after`: (income_kopecks, person_id) of the last shown.
    """
    kopecks, person_id = after or BEGINNING
    params = {
        "since": since, "territory": territory, "most": ANY_INCOME if most_kopecks is None else most_kopecks,
        "limit": limit, "after_kopecks": kopecks, "after_id": person_id,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SHOWN.format(where="AND n.territory = %(territory)s" if territory else ""), params)
        return [NeedyFamily(*row) for row in cursor.fetchall()]


def needy_as_of() -> datetime:
    """Since when answers are not in the register yet: the moment of the asking when all are."""
    with connection.cursor() as cursor:
        cursor.execute(AS_OF)
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def count_needy() -> int:
    """Bring the register up to the newest answers, some thousands of answers a transaction; how many there were."""
    answers = 0
    while many := _count_some():
        answers += many
    return answers


@transaction.atomic
def follow_moves() -> int:
    """People who moved stand in the register of their territory; how many."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED)
        return int(cursor.rowcount)


@transaction.atomic
def _count_some() -> int:
    """An answer and its note come in one transaction, so what is not seen here is noted for the next time."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(TAKE, [BATCH])
        noted = [row[0] for row in cursor.fetchall()]
        _renew(sorted(set(noted)))
    return len(noted)


def _renew(people: Sequence[UUID]) -> None:
    if not people:
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM measures_needy WHERE person_id = ANY(%s::uuid[])", [list(people)])
        cursor.execute(COUNT, {"people": list(people), "others": _others()})


def _others() -> list[str]:
    """Measures of which no edition counts a family's income: what they answered need not be read."""
    return [
        measure
        for measure, editions in current().measures.items()
        if not any(step.name in INCOME for edition in editions for step in edition.measure.steps)
    ]
