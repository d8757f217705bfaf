"""Reads of the registers: facts as known at a moment, cards, lists for officers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kazna.contexts.integration.public import IdentityDocument, PersonRef, Residence
from kazna.contexts.registers import finding
from kazna.contexts.registers.contracts import Fact, PersonCard, TimelineEntry
from kazna.contexts.registers.models import FactKind, Merge, Person
from kazna.contexts.registers.precedence import believed
from kazna.contexts.registers.vitrines import with_lent

PASSPORT = "21"
COLUMNS = (
    "f.id, f.seq, f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, f.value, f.source,"
    " f.document_id, f.known_on, f.recorded_at"
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
        UNION SELECT there.subject_id FROM homes CROSS JOIN LATERAL (
            SELECT DISTINCT f.subject_id FROM registers_fact f
            WHERE f.kind = 'person.residence' AND md5(f.value->>'address') = md5(homes.address) LIMIT %(at_home)s
        ) there WHERE homes.address <> ''
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
    asked = {"ids": list(person_ids), "kinds": None if kinds is None else list(kinds), "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, asked)
        return with_lent([_fact(row) for row in cursor.fetchall()])


def facts_on(
    person_ids: Iterable[UUID],
    *,
    on: date,
    known_at: datetime | None = None,
    kinds: Iterable[str] | None = None,
    with_family: bool = False,
) -> list[Fact]:
    """What held on a day as it was known at a moment."""
    ids = list(person_ids)
    if with_family:
        ids = [card.person_id for card in cards(_near(ids)).values()]
    return [fact for fact in facts_of(ids, kinds=kinds, known_at=known_at) if fact.holds_on(on)]


def facts_by_ids(fact_ids: Iterable[UUID]) -> list[Fact]:
    with connection.cursor() as cursor:
        cursor.execute(BY_IDS, [list(fact_ids)])
        return with_lent([_fact(row) for row in cursor.fetchall()])


def facts_around(person_ids: Iterable[UUID], *, known_at: datetime | None = None) -> list[Fact]:
    return believed(facts_of(_near(person_ids, with_home=True), known_at=known_at))


def _near(person_ids: Iterable[UUID], *, with_home: bool = False) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(AROUND, {"ids": list(person_ids), "with_home": with_home, "at_home": AT_HOME + 1})
        return [person_id for (person_id,) in cursor.fetchall()]


def facts_ending(kind: str, days: Sequence[date], known_at: datetime | None = None) -> list[Fact]:
    """Current facts of a kind that end (`valid_to`) on one of the days."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT subject_id FROM registers_fact WHERE kind = %s AND valid_to = ANY(%s)", [kind, list(days)]
        )
        people = [person_id for (person_id,) in cursor.fetchall()]
    wanted = set(days)
    return [fact for fact in facts_of(people, kinds=[kind], known_at=known_at) if fact.valid_to in wanted]


def cards(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    return {row.id: card(row) for row in Person.objects.filter(id__in=set(person_ids))}


def person_by_snils(snils: str) -> PersonCard | None:
    row = Person.objects.filter(_has_snils(snils), merged_into=None).first()
    return card(row) if row else None


def _has_snils(snils: str) -> Q:
    """The number itself, or that of a card joined to this one: a merged number finds the survivor."""
    joined = list(Merge.objects.filter(snils=snils, undone_on=None).values_list("keep_id", flat=True))
    return Q(snils=snils) | Q(id__in=joined)  # a list: beside a subquery no index of the number would be used


def ids_by_snils(snils: Iterable[str]) -> dict[str, UUID]:
    return dict(Person.objects.filter(snils__in={one for one in snils if one}).values_list("snils", "id"))


def person_references(person_ids: Iterable[UUID]) -> dict[UUID, PersonRef]:
    """People as messages name them: the passport before other documents, the newest of a kind."""
    told: dict[tuple[UUID, str], dict[str, Any]] = {}
    kinds = ("person.document", "person.residence", "person.citizenship", "person.inn")
    ids = list(person_ids)
    for fact in sorted(facts_of(ids, kinds=kinds), key=lambda fact: (fact.valid_from, fact.seq)):
        known = told.get((fact.subject_id, fact.kind))
        if known and known.get("code") == PASSPORT and fact.value.get("code") != PASSPORT:
            continue
        told[fact.subject_id, fact.kind] = fact.value
    return {
        person_id: _reference(one, *(told.get((person_id, kind)) for kind in kinds))
        for person_id, one in cards(ids).items()
    }


def _reference(
    one: PersonCard,
    paper: dict[str, Any] | None,
    home: dict[str, Any] | None,
    citizen: dict[str, Any] | None,
    taxpayer: dict[str, Any] | None,
) -> PersonRef:
    return PersonRef(
        surname=one.surname,
        forename=one.forename,
        patronymic=one.patronymic,
        birth_date=one.birth_date,
        snils=one.snils,
        sex=one.sex or None,
        document=paper
        and IdentityDocument(
            paper["code"],
            paper["series_number"],
            date.fromisoformat(paper["issued_on"]) if paper["issued_on"] else None,
            paper["issuer"],
        ),
        citizenship=citizen and citizen["oksm"],
        residence=home and Residence(home["address"], home["oktmo"], home["region"]),
        inn=taxpayer and taxpayer["inn"],
    )


def born_on(days: Iterable[date], sex: str | None = None) -> list[PersonCard]:
    found = Person.objects.filter(birth_date__in=set(days), died_on=None, merged_into=None)
    if sex:
        found = found.filter(sex=sex)
    return [card(row) for row in found.order_by("birth_date", "sort_key", "snils", "id")]


def search(text: str, *, limit: int, after: tuple[str, UUID] | None) -> list[PersonCard]:
    """By СНИЛС, whole or its beginning; by the beginning of the name; else by words of it, likest first."""
    digits = "".join(ch for ch in text if ch.isdigit())
    found = Person.objects.filter(merged_into=None)
    if not any(ch.isalpha() for ch in text) and 4 <= len(digits) <= 11 and "." not in text:
        begins = Q(snils__gte=digits.ljust(11, "0"), snils__lte=digits.ljust(11, "9"))
        found = found.filter(_has_snils(digits) if len(digits) == 11 else begins)
    elif words := text.split():
        prefix = " ".join(words).lower().replace("ё", "е")
        found = found.filter(sort_key__gte=prefix, sort_key__lt=prefix + "\uffff")
    else:
        return []
    if after:
        key, person_id = after
        found = found.filter(Q(sort_key__gt=key) | Q(sort_key=key, id__gt=person_id))
    rows = list(found.order_by("sort_key", "id")[:limit])
    if not rows and after is None:
        ids = finding.found_by_words(finding.asked(text))[:limit]
        people = {row.id: row for row in Person.objects.filter(id__in=ids)}
        rows = [people[person_id] for person_id in ids if person_id in people]
    return [card(row) for row in rows]


def kind_titles() -> dict[str, str]:
    return dict(FactKind.objects.values_list("code", "title"))


def timeline(person_id: UUID) -> list[TimelineEntry]:
    titles = kind_titles()
    entries = [TimelineEntry(fact.valid_from, titles.get(fact.kind, fact.kind), fact) for fact in facts_of([person_id])]
    return sorted(entries, key=lambda entry: (entry.day, entry.fact.seq), reverse=True)


def counts() -> dict[str, Any]:
    """From a view without personal data, so that every role sees the same figures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people, facts, conflicts, suspects FROM registers_counts")
        return dict(zip(("people", "facts", "conflicts", "suspects"), cursor.fetchone(), strict=True))


def card(row: Person) -> PersonCard:
    return PersonCard(
        person_id=row.id, snils=row.snils, surname=row.surname, forename=row.forename, patronymic=row.patronymic,
        birth_date=row.birth_date, sex=row.sex, died_on=row.died_on, territory=row.territory, address=row.address,
        merged_into=row.merged_into,
    )  # fmt: skip


def _fact(row: Sequence[Any]) -> Fact:
    told = list(row[:13])
    told[8] = json.loads(told[8])
    return Fact(*told)
