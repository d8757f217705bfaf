"""Keep newly found events and tell about them; an event already known is passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from kazna.contexts.life_events.catalogue import Kind
from kazna.contexts.life_events.models import LifeEvent
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.events.cause import Cause
from kazna.events.life_events import LifeEventFound
from kazna.kernel.periods import full_years
from kazna.plumbing.outbox import publish_many

NAMESPACE = UUID("5b8f3c1e-64a4-5d3f-9c55-0d6f5a3f7c11")
TIES = ("family.parent", "family.marriage")
PARENTS = ("mother", "father", "adoptive")
ADULT_CHILD, ADULT = "adult_child", 18


@dataclass(frozen=True, slots=True)
class Found:
    """An event found. `object_id` is the other side of the fact it was found by."""

    kind: Kind
    person_id: UUID
    happened_on: date
    on: date
    cause: Cause
    object_id: UUID | None = None

    @property
    def life_event_id(self) -> UUID:
        day = "" if self.kind.once else f"/{self.happened_on}"
        return uuid5(NAMESPACE, f"{self.kind.code}/{self.person_id}{day}")


def record_events(found: Sequence[Found]) -> int:
    """Record each event once and publish LifeEventFound in the order given; return how many were new."""
    by_id = {one.life_event_id: one for one in reversed(found)}
    known = set(LifeEvent.objects.filter(id__in=by_id).values_list("id", flat=True))
    fresh = [one for one in found if one.life_event_id not in known and by_id[one.life_event_id] is one]
    if not fresh:
        return 0
    related = _related(fresh)
    LifeEvent.objects.bulk_create(
        LifeEvent(
            id=one.life_event_id,
            code=one.kind.code,
            person_id=one.person_id,
            related={role: str(person_id) for role, person_id in related[one.life_event_id].items()},
            happened_on=one.happened_on,
            found_on=one.on,
            document_id=one.cause.document_id,
            received_at=one.cause.received_at,
        )
        for one in fresh
    )
    publish_many(
        LifeEventFound(
            life_event_id=one.life_event_id,
            code=one.kind.code,
            person_id=one.person_id,
            related_ids=related[one.life_event_id],
            happened_on=one.happened_on,
            on=one.on,
            cause=one.cause,
        )
        for one in fresh
    )
    return len(fresh)


def _related(fresh: Sequence[Found]) -> dict[UUID, dict[str, UUID]]:
    """Who else takes part, by role: parents and the spouse of the day the event happened, the eldest grown child."""
    with_roles = {one.person_id for one in fresh if one.kind.roles}
    ties = registers.facts_of(sorted(with_roles, key=str), kinds=TIES) if with_roles else []
    by_person: dict[UUID, list[Fact]] = {}
    for tie in ties:
        by_person.setdefault(tie.subject_id, []).append(tie)
    children = _children([one.person_id for one in fresh if ADULT_CHILD in one.kind.roles])
    roles = {one.life_event_id: _roles(one, by_person.get(one.person_id, [])) for one in fresh}
    choosy = [one for one in fresh if one.kind.adults]
    near = {person for one in choosy for person in (*roles[one.life_event_id].values(), *children[one.person_id])}
    cards = registers.cards(near) if near else {}
    for one in choosy:
        roles[one.life_event_id] = _of_age(roles[one.life_event_id], children[one.person_id], cards, one.happened_on)
    return roles


def _children(people: Sequence[UUID]) -> Mapping[UUID, list[UUID]]:
    """Children by birth and adoption of each person."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    wanted = set(people)
    for tie in registers.facts_around(sorted(wanted, key=str)) if wanted else ():
        if tie.kind == "family.parent" and tie.object_id in wanted and tie.value["role"] in PARENTS:
            found[tie.object_id].append(tie.subject_id)
    return found


def _of_age(
    roles: Mapping[str, UUID], children: Sequence[UUID], cards: Mapping[UUID, PersonCard], day: date
) -> dict[str, UUID]:
    """Roles of grown-ups who live on the day; of the children the eldest."""
    grown = {person for person, card in cards.items() if _is_grown(card, day)}
    of_age = {role: person for role, person in roles.items() if person in grown}
    if elder := _elder_first(grown & set(children), cards):
        of_age[ADULT_CHILD] = elder[0]
    return of_age


def grown_children(person_id: UUID, day: date) -> list[UUID]:
    """Children by birth and adoption who are grown-up and living on the day, the elder first."""
    children = _children([person_id])[person_id]
    cards = registers.cards(children)
    return _elder_first({child for child in children if _is_grown(cards[child], day)}, cards)


def _elder_first(children: Collection[UUID], cards: Mapping[UUID, PersonCard]) -> list[UUID]:
    return sorted(children, key=lambda child: (cards[child].birth_date or date.max, str(child)))


def _is_grown(card: PersonCard, day: date) -> bool:
    """Eighteen or more and living on the day; with no date of birth nobody is known to be grown."""
    is_living = card.died_on is None or card.died_on > day
    return is_living and card.birth_date is not None and full_years(card.birth_date, day) >= ADULT


def _roles(one: Found, ties: Sequence[Fact]) -> dict[str, UUID]:
    roles: dict[str, UUID] = {}
    for tie in ties:
        if tie.object_id is None:
            continue
        if tie.kind == "family.parent" and tie.value["role"] in one.kind.roles:
            roles[tie.value["role"]] = tie.object_id
        elif tie.kind == "family.marriage" and "spouse" in one.kind.roles and _lasts(tie, one.happened_on):
            roles["spouse"] = tie.object_id
    if "spouse" in one.kind.roles and one.object_id:
        roles["spouse"] = one.object_id
    if one.kind.other and one.object_id:
        roles[one.kind.other] = one.object_id
    return roles


def _lasts(marriage: Fact, day: date) -> bool:
    """Still married on the day; a marriage that ends on it (by this very death) counts."""
    return marriage.valid_from <= day and (marriage.valid_to is None or day <= marriage.valid_to)
