"""What kinship cannot be: a circle, a parent younger than the child."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card
from kazna.contexts.registers.keys import KIN, russian_day

PARENT = "family.parent"
GUARDIANSHIP = "family.guardianship"
CUSTODY_LOST = "family.custody_lost"


def check_kinship(desk: Desk, child: Card, parent: Card, who: str) -> None:
    """Refuses a tie of parent and child that the registers show to be impossible."""
    if parent.person_id == child.person_id or descends(desk, parent.person_id, child.person_id):
        raise desk.refusal("kinship_circle", who, who=who)
    if parent.birth_date and child.birth_date and parent.birth_date >= child.birth_date:
        days = {"parent_born_on": russian_day(parent.birth_date), "born_on": russian_day(child.birth_date)}
        raise desk.refusal("parent_not_older", who, who=who, **days)


def descends(desk: Desk, person_id: UUID, ancestor_id: UUID) -> bool:
    """Is the person a descendant of the other, as far as the working copy shows?"""
    seen: set[UUID] = set()
    front: set[UUID] = {person_id}
    while front:
        seen |= front
        parents = set(_parents(desk, front))
        if ancestor_id in parents:
            return True
        front = parents - seen
    return False


def _parents(desk: Desk, people: Iterable[UUID]) -> Iterable[UUID]:
    """By the working copy of those it holds, by the register of elders further away."""
    for person_id in people:
        if person_id not in desk.book.cards:
            yield from desk.book.elders.get(person_id, ())
            continue
        for tie in desk.book.live(person_id, PARENT):
            if tie.object_id and tie.value.get("role") in KIN:
                yield tie.object_id
