"""Facts as they hold on a day and were known at a moment: of people, of families, by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.registers.contracts import Fact, TimelineEntry
from kazna.contexts.registers.models import FactKind
from kazna.contexts.registers.people import cards
from kazna.contexts.registers.precedence import believed
from kazna.contexts.registers.vitrines import with_lent
from kazna.kernel.quick_json import read_json

COLUMNS = (
    "f.id, f.seq, f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, f.value, f.source,"
    " f.document_id, f.known_on, f.recorded_at::text"  # as text: a moment is read four times as fast
)
CURRENT = f"""
    SELECT * FROM (
        SELECT DISTINCT ON (f.subject_id, f.kind, f.source, f.thing) {COLUMNS}, f.annulled
        FROM registers_fact f
        WHERE f.subject_id = ANY(%(ids)s)
          AND (%(kinds)s::text[] IS NULL OR f.kind = ANY(%(kinds)s))
          AND (%(known_at)s::timestamptz IS NULL OR f.recorded_at <= %(known_at)s)
        ORDER BY f.subject_id, f.kind, f.source, f.thing, f.seq DESC
    ) newest WHERE NOT annulled ORDER BY seq
"""
BY_IDS = f"SELECT {COLUMNS} FROM registers_fact f WHERE f.id = ANY(%s) AND NOT f.annulled ORDER BY f.seq"
AT_HOME = 40  # a place with more people is a hostel or a house without flats: the law's family is not found by it
AROUND = """
    WITH homes AS (
        SELECT DISTINCT f.value->>'address' AS address FROM registers_fact f
        WHERE f.kind = 'person.residence' AND f.subject_id = ANY(%(ids)s) AND %(with_home)s
    ), ties AS (
        SELECT f.subject_id, f.object_id FROM registers_fact f
        WHERE f.kind IN ('family.parent', 'family.marriage') AND f.subject_id = ANY(%(ids)s) AND f.object_id IS NOT NULL
        UNION SELECT f.subject_id, f.object_id FROM registers_fact f
        WHERE f.kind IN ('family.parent', 'family.marriage') AND f.object_id = ANY(%(ids)s)
    ), near AS (
        SELECT unnest(%(ids)s::uuid[]) AS id
        UNION SELECT subject_id FROM ties UNION SELECT object_id FROM ties
        UNION SELECT there.id FROM homes CROSS JOIN LATERAL registers_live_at(homes.address, %(at_home)s) there(id)
        WHERE homes.address <> ''
    ), further AS (
        SELECT f.subject_id, f.object_id FROM near JOIN registers_fact f ON f.object_id = near.id
        WHERE f.kind = 'family.parent'
        UNION SELECT f.subject_id, f.object_id FROM near JOIN registers_fact f ON f.subject_id = near.id
        WHERE f.kind = 'family.parent' AND f.object_id IS NOT NULL
    )
    SELECT id FROM near UNION SELECT subject_id FROM further UNION SELECT object_id FROM further
"""


def facts_of(
    person_ids: Iterable[UUID], *, kinds: Iterable[str] | None = None, known_at: datetime | None = None
) -> list[Fact]:
    """Current versions of facts whose subject is one of the people, all periods, in order of recording.

    `known_at`: as they were known at that moment. Withdrawn statements are left out. One query.
    """
    asked = {"ids": list(person_ids), "kinds": None if kinds is None else list(kinds), "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, asked)
        return with_lent([fact_of(row) for row in cursor.fetchall()])


def facts_on(
    person_ids: Iterable[UUID],
    *,
    on: date,
    known_at: datetime | None = None,
    kinds: Iterable[str] | None = None,
    with_family: bool = False,
) -> list[Fact]:
    """What held on the day `on`, as it was known at the moment `known_at` (None: now), in order of recording.

    `with_family`: also of parents, children, spouses ever, their children, co-parents and siblings.
    """
    ids = list(person_ids)
    if with_family:
        ids = [card.person_id for card in cards(_near(ids)).values()]
    return [fact for fact in facts_of(ids, kinds=kinds, known_at=known_at) if fact.holds_on(on)]


def facts_by_ids(fact_ids: Iterable[UUID]) -> list[Fact]:
    """These very rows, current or not, in order of recording; withdrawals are left out."""
    with connection.cursor() as cursor:
        cursor.execute(BY_IDS, [list(fact_ids)])
        return with_lent([fact_of(row) for row in cursor.fetchall()])


def facts_around(person_ids: Iterable[UUID], *, known_at: datetime | None = None) -> list[Fact]:
    """Current facts of the people and of their families: parents, children, spouses ever, their children,
    co-parents, siblings; of those ever registered in the same place (forty at most). A few queries for any number
    of people. Where sources differ, the one believed first by the catalogue (`precedence`) is heard; what an officer
    has to settle stands as facts `fact.disputed`.
    """
    return believed(facts_of(_near(person_ids, with_home=True), known_at=known_at))


def _near(person_ids: Iterable[UUID], *, with_home: bool = False) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(AROUND, {"ids": list(person_ids), "with_home": with_home, "at_home": AT_HOME + 1})
        return [person_id for (person_id,) in cursor.fetchall()]


def facts_ending(kind: str, days: Sequence[date], known_at: datetime | None = None) -> list[Fact]:
    """Current facts of a kind whose `valid_to` is one of the days."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT subject_id FROM registers_fact WHERE kind = %s AND valid_to = ANY(%s)", [kind, list(days)]
        )
        people = [person_id for (person_id,) in cursor.fetchall()]
    wanted = set(days)
    return [fact for fact in facts_of(people, kinds=[kind], known_at=known_at) if fact.valid_to in wanted]


def lent_now(person_ids: Iterable[UUID], kinds: Iterable[str]) -> list[Fact]:
    """Answers asked on demand whose values are still at hand, in order of recording."""
    return [fact for fact in facts_of(person_ids, kinds=kinds) if fact.digest and not fact.is_gone]


def kind_titles() -> dict[str, str]:
    """Kinds of facts by code, as people read them: «person.birth» → «Рождение»."""
    return dict(FactKind.objects.values_list("code", "title"))


def timeline(person_id: UUID) -> list[TimelineEntry]:
    """The person's facts with the titles of their kinds, the latest first."""
    titles = kind_titles()
    entries = [TimelineEntry(fact.valid_from, titles.get(fact.kind, fact.kind), fact) for fact in facts_of([person_id])]
    return sorted(entries, key=lambda entry: (entry.day, entry.fact.seq), reverse=True)


def fact_of(row: Sequence[Any]) -> Fact:
    """A row that begins with COLUMNS."""
    told = list(row[:13])
    told[8], told[12] = read_json(told[8]), datetime.fromisoformat(told[12])
    return Fact(*told)
