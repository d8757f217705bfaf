"""For whom a person acts: one's small children, and grown-ups whose guardian one is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from kazna.contexts.registers.contracts import Fact, PersonCard, RepresentationLimited, WardTie
from kazna.contexts.registers.facts import facts_of
from kazna.contexts.registers.kinship import CUSTODY_LOST, GUARDIANSHIP, PARENT
from kazna.contexts.registers.people import cards
from kazna.kernel.periods import full_years
from kazna.plumbing.session.prepared import Prepared

ADULT = 18
FULL = "guardianship"  # a trustee consents and does not act in the ward's place (ГК РФ, статья 33)
BOUND = "SELECT DISTINCT subject_id FROM registers_fact WHERE kind = ANY(%s) AND object_id = ANY(%s)"
BOUND_TO_ONE = Prepared(
    f"SELECT DISTINCT subject_id FROM registers_fact WHERE kind IN ('{PARENT}', '{GUARDIANSHIP}') AND object_id = $1"
)


def ward_ties(person_id: UUID, on: date) -> list[WardTie]:
    """The same with the role (mother, father, adoptive, guardian) and what the act of appointment forbids.

    Law: СК РФ, статья 64; ГК РФ, статьи 26, 28, 29, 32, 35 (2). Tie and its end are looked at on the day itself.
    """
    bound = bound_to([person_id])
    if not bound:
        return []
    facts = [
        fact for fact in facts_of([*bound, person_id], kinds=[PARENT, CUSTODY_LOST, GUARDIANSHIP]) if fact.holds_on(on)
    ]
    if any(fact.subject_id == person_id and _is_full(fact) for fact in facts):
        return []
    mine = [fact for fact in facts if fact.object_id == person_id]
    lost = {fact.subject_id for fact in mine if fact.kind == CUSTODY_LOST}
    living = [one for one in cards({fact.subject_id for fact in mine} - lost).values() if not _is_dead(one, on)]
    return [tie for one in sorted(living, key=_order) if (tie := _tie(one, mine, on))]


def bound_to(person_ids: Sequence[UUID]) -> list[UUID]:
    """People whose parent or guardian one of these is, was or is going to be; one query."""
    if len(person_ids) == 1:
        return [ward_id for (ward_id,) in BOUND_TO_ONE.rows(person_ids[0])]
    with connection.cursor() as cursor:
        cursor.execute(BOUND, [[PARENT, GUARDIANSHIP], list(person_ids)])
        return [ward_id for (ward_id,) in cursor.fetchall()]


def wards_of(person_id: UUID, on: date, *, act: str = "") -> list[UUID]:
    """Whom the person represents on the day, the eldest first: own children under eighteen, custody not lost, and
    grown-ups whose guardian the person is. `act` "applications" or "accounts": without those for whom it is forbidden.
    """
    return [tie.person_id for tie in ward_ties(person_id, on) if act not in tie.limits]


def must_represent(person_id: UUID, ward_id: UUID, on: date, *, act: str) -> None:
    """Raises RepresentationLimited unless the person may do this act for the ward on the day."""
    if ward_id != person_id and ward_id not in wards_of(person_id, on, act=act):
        raise RepresentationLimited()


def _tie(ward: PersonCard, mine: Sequence[Fact], on: date) -> WardTie | None:
    """A child's parent, adopter or guardian; of a grown-up only a guardian, within the limits all acts share."""
    facts = [fact for fact in mine if fact.subject_id == ward.person_id]
    if ward.birth_date and full_years(ward.birth_date, on) < ADULT:
        role = next((fact.value["role"] for fact in facts if fact.kind == PARENT), None)
        return WardTie(ward.person_id, role, is_child=True) if role else None
    limits = [frozenset(fact.value.get("limits") or ()) for fact in facts if _is_full(fact)]
    return WardTie(ward.person_id, "guardian", False, frozenset.intersection(*limits)) if limits else None


def _is_full(fact: Fact) -> bool:
    return fact.kind == GUARDIANSHIP and fact.value.get("form") == FULL


def _is_dead(one: PersonCard, on: date) -> bool:
    return one.died_on is not None and one.died_on <= on


def _order(one: PersonCard) -> tuple[date, str]:
    return one.birth_date or date.max, one.full_name
