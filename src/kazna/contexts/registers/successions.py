"""Ends that follow from other facts: a marriage by divorce or death, a state by the one that comes after it.

Computed anew from the beginnings whenever one of them changes, so the order of messages does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.entries import Entry
from kazna.contexts.registers.keys import KIN

PARENT = "family.parent"
SUCCEEDING = ("person.name", "person.residence", "person.account", "disability")
ENDED_WITHOUT_SUCCESSOR = {"disability": "disability.lifted"}


def follow_ends(book: Book) -> None:
    """Set the ends of everything the current document may have touched."""
    touched = {(subject, key[0]) for subject, key in book.entries_before}
    for subject, kind in sorted(touched, key=str):
        if kind in SUCCEEDING:
            end_by_successors(book, subject, kind)
        for state, ending in ENDED_WITHOUT_SUCCESSOR.items():
            if kind == ending:
                end_by_successors(book, subject, state)
        if kind in ("family.marriage", "family.divorce", "person.death"):
            end_marriages(book, subject)
        if kind == PARENT:
            end_by_adoption(book, subject)


def end_by_successors(book: Book, person_id: UUID, kind: str) -> None:
    """Each state lasts at most until the next one of its kind begins; of one day the source believed first is last."""
    states = in_order(book, person_id, kind)
    liftings = book.live(person_id, ENDED_WITHOUT_SUCCESSOR[kind]) if kind in ENDED_WITHOUT_SUCCESSOR else []
    for place, entry in enumerate(states):
        later = [*states[place + 1 : place + 2], *(e for e in liftings if e.valid_from >= entry.valid_from)]
        end_at(book, entry, (follower.valid_from for follower in later))


def in_order(book: Book, person_id: UUID, kind: str) -> list[Entry]:
    """States of a person, the oldest first; of one day the source believed first is last."""
    states = book.live(person_id, kind)
    if rule := book.precedences.get(kind):
        states.sort(key=lambda state: (state.valid_from, -rule.rank(state.source)))
    return states


def end_marriages(book: Book, person_id: UUID) -> None:
    """A marriage lasts until the divorce of the pair or the death of either; both spouses' facts agree."""
    for marriage in (*book.live(person_id, "family.marriage"), *book.live_about(person_id, "family.marriage")):
        divorces = [
            divorce.valid_from
            for divorce in book.live(marriage.subject_id, "family.divorce")
            if divorce.object_id == marriage.object_id and divorce.valid_from >= marriage.valid_from
        ]
        deaths = [
            death.valid_from
            for spouse in (marriage.subject_id, marriage.object_id)
            for death in book.live(spouse, "person.death")
        ]
        end_at(book, marriage, (max(end, marriage.valid_from) for end in (*divorces, *deaths)))


def end_by_adoption(book: Book, child_id: UUID) -> None:
    """Adoption ends kinship with the parents before it, but not with the one whose spouse adopts.

    Law: СК РФ, статья 137, пункты 1, 2 и 3. An earlier adopter gives way to a later one as a parent by birth does.
    """
    ties = book.live(child_id, PARENT)
    adoptions = [tie for tie in ties if tie.value.get("role") == "adoptive" and tie.object_id and not _is_void(tie)]
    for tie in ties:
        if tie.value.get("role") in KIN:
            later = [one for one in adoptions if one.valid_from > tie.valid_from and one.object_id != tie.object_id]
            end_at(book, tie, (one.valid_from for one in later if not _are_spouses(book, tie, one)))


def _is_void(tie: Entry) -> bool:
    stated = stated_end(tie)
    return stated is not None and stated <= tie.valid_from


def _are_spouses(book: Book, parent: Entry, adopter: Entry) -> bool:
    day, pair = adopter.valid_from, {parent.object_id, adopter.object_id}
    marriages = [
        *book.live(parent.object_id, "family.marriage"), *book.live_about(parent.object_id, "family.marriage"),
    ]  # type: ignore[arg-type, list-item]  # fmt: skip
    return any(
        {one.subject_id, one.object_id} == pair
        and one.valid_from <= day
        and (one.valid_to is None or day < one.valid_to)
        for one in marriages
    )


def end_at(book: Book, entry: Entry, ends: Iterable[date]) -> None:
    """End a fact at the earliest of its stated end and these; the stated end is kept in `stated_to`."""
    stated = stated_end(entry)
    end = min((day for day in (stated, *ends) if day), default=None)
    value = {name: known for name, known in entry.value.items() if name != "stated_to"}
    if end != stated:
        value["stated_to"] = stated.isoformat() if stated else None
    now = replace(entry, valid_to=end, value=value, fact_id=None)
    if now != entry:
        book.put(now)


def stated_end(entry: Entry) -> date | None:
    """The end the source itself gave."""
    if "stated_to" not in entry.value:
        return entry.valid_to
    stated = entry.value["stated_to"]
    return date.fromisoformat(stated) if stated else None
