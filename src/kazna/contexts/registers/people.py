"""Cards of people: by id, by СНИЛС, by birthday, by words; how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kazna.contexts.registers import finding
from kazna.contexts.registers.contracts import PersonCard
from kazna.contexts.registers.models import Merge, Person
from kazna.plumbing.session.prepared import Prepared

CARD = (
    "id", "snils", "surname", "forename", "patronymic", "birth_date", "sex", "died_on", "territory", "address",
    "merged_into",
)  # fmt: skip
CARDS = f"SELECT {', '.join(CARD)} FROM registers_person WHERE id = ANY(%s)"
ONE_CARD = Prepared(f"SELECT {', '.join(CARD)} FROM registers_person WHERE id = $1")


def cards(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Cards by id; unknown ids are absent. A merged card names the one to use in `merged_into`.

    A plain statement: nearly every page asks it, many of them several times.
    """
    if not (asked := list(set(person_ids))):
        return {}
    if len(asked) == 1:
        return {row[0]: PersonCard(*row) for row in ONE_CARD.rows(asked[0])}
    with connection.cursor() as cursor:
        cursor.execute(CARDS, [asked])
        return {row[0]: PersonCard(*row) for row in cursor.fetchall()}


def person_by_snils(snils: str) -> PersonCard | None:
    """The person with this СНИЛС, eleven digits."""
    row = Person.objects.filter(_has_snils(snils), merged_into=None).first()
    return card(row) if row else None


def _has_snils(snils: str) -> Q:
    """The number itself, or that of a card joined to this one: a merged number finds the survivor."""
    joined = list(Merge.objects.filter(snils=snils, undone_on=None).values_list("keep_id", flat=True))
    return Q(snils=snils) | Q(id__in=joined)  # a list: beside a subquery no index of the number would be used


def ids_by_snils(snils: Iterable[str]) -> dict[str, UUID]:
    """Person ids by СНИЛС, eleven digits each; unknown and empty ones are absent. One query."""
    return dict(Person.objects.filter(snils__in={one for one in snils if one}).values_list("snils", "id"))


def born_on(days: Iterable[date], sex: str | None = None) -> list[PersonCard]:
    """Living people born on these days, ordered by content; `sex` "M" or "F" narrows."""
    found = Person.objects.filter(birth_date__in=set(days), died_on=None, merged_into=None)
    if sex:
        found = found.filter(sex=sex)
    return [card(row) for row in found.order_by("birth_date", "sort_key", "snils", "id")]


def search(text: str, *, limit: int = 20, after: tuple[str, UUID] | None = None) -> list[PersonCard]:
    """People by СНИЛС (or its first digits), by the beginning of the full name, else by words of it in any order and
    case, with slips forgiven («смерновой анне 1995»), the likest first. ё as е. Rows stay the viewer's.

    `after` (only for lists by the beginning of the name) is the sort key and id of the last card of the page before.
    """
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


def counts() -> dict[str, Any]:
    """{"people", "facts", "conflicts", "suspects"}: cards in use, rows of facts, matters open.

    From a view without personal data, so that every role sees the same figures.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT people, facts, conflicts, suspects FROM registers_counts")
        return dict(zip(("people", "facts", "conflicts", "suspects"), cursor.fetchone(), strict=True))


def card(row: Person) -> PersonCard:
    return PersonCard(
        person_id=row.id, snils=row.snils, surname=row.surname, forename=row.forename, patronymic=row.patronymic,
        birth_date=row.birth_date, sex=row.sex, died_on=row.died_on, territory=row.territory, address=row.address,
        merged_into=row.merged_into,
    )  # fmt: skip
