"""The facts of one evaluation, indexed for derivations: nothing here touches the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from kazna.contexts.registers.contracts import Fact

Index = dict[UUID, dict[str, list[Fact]]]  # person → kind → facts in order of recording
DISPUTED = "fact.disputed"
NOTHING: Mapping[str, list[Fact]] = {}


class NotKnown(Exception):
    """What is asked cannot be derived from what is in the registers, or sources disagree about it."""


class Book:
    """Current facts by kind, subject and object. A fact is in force on a day of its half-open period.

    The book remembers what was read from it: those facts alone give the same answers again.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._looked_at: dict[int, list[Fact]] = {}
        self._fresh: dict[tuple[object, ...], tuple[Book, frozenset[UUID]] | None] = {}
        self._by_home: dict[tuple[str, str], list[Fact]] = {}
        self._by_subject: Index = {}
        self._by_object: Index = {}
        self._subjects: dict[str, list[UUID]] = {}
        for fact in sorted(facts, key=lambda fact: fact.seq):
            if fact.is_gone:  # asked on demand for an earlier determination: nobody knows it now
                continue
            of_subject = self._by_subject.setdefault(fact.subject_id, {})
            if fact.kind not in of_subject:
                of_subject[fact.kind] = []
                self._subjects.setdefault(fact.kind, []).append(fact.subject_id)
            of_subject[fact.kind].append(fact)
            if fact.object_id is not None:
                self._by_object.setdefault(fact.object_id, {}).setdefault(fact.kind, []).append(fact)

    @property
    def read(self) -> dict[UUID, Fact]:
        """What was read so far, in the order of reading."""
        return {fact.id: fact for facts in self._looked_at.values() for fact in facts}

    def unread(self) -> Book:
        """The same facts with nothing read yet: one reading per evaluation."""
        return self._again(_looked_at={})

    def _again(self, **otherwise: object) -> Book:
        """A copy: thousands of times a batch."""
        again = object.__new__(Book)
        again.__dict__ = self.__dict__ | otherwise
        return again

    def leaving_out(self, facts: Collection[Fact]) -> Book:
        """The same book without these facts; what was read of the rest stays read."""
        again, gone = self._again(), {fact.id for fact in facts}
        again._fresh, again._by_home = {}, {}
        again._looked_at = self._looked_at_without(gone)
        again._by_subject, again._by_object = self._by_subject.copy(), self._by_object.copy()
        for fact in facts:
            _leave_out(again._by_subject, fact.subject_id, fact.kind, gone)
            if fact.object_id is not None:
                _leave_out(again._by_object, fact.object_id, fact.kind, gone)
        return again

    def _looked_at_without(self, gone: Collection[UUID]) -> dict[int, list[Fact]]:
        rest = [fact for fact_id, fact in self.read.items() if fact_id not in gone]
        return {id(rest): rest} if rest else {}

    def fresh_for(self, case_date: date, shelf_lives: Mapping[str, int]) -> Book:
        """The book without answers too old for a case of that day: they are to be asked for again.

        Looked through once for all cases of a day: a batch asks thousands of times.
        """
        key = case_date, *shelf_lives.items()
        if key not in self._fresh:
            stale = [
                fact
                for kind, days in shelf_lives.items()
                for fact in self.of_kind(kind)
                if fact.known_on + timedelta(days=days) < case_date
            ]
            self._fresh[key] = (self.leaving_out(stale), frozenset(fact.id for fact in stale)) if stale else None
        if (found := self._fresh[key]) is None:
            return self
        fresh, gone = found
        return fresh._again(_looked_at=self._looked_at_without(gone))

    def facts_read(self) -> list[Fact]:
        """What was read, in the order it was recorded."""
        return sorted(self.read.values(), key=lambda fact: fact.seq)

    def of_kind(self, kind: str) -> list[Fact]:
        """All facts of a kind in the book; not a reading."""
        return [fact for one in self._subjects.get(kind, ()) for fact in self._by_subject[one].get(kind, ())]

    def about(self, kind: str, person_id: UUID) -> list[Fact]:
        """Facts of a kind whose subject is the person, in the order they were recorded.

        Raises NotKnown while an officer has to settle what holds of this kind; the dispute itself is read.
        """
        known = self._by_subject.get(person_id)
        if known is None:
            return []
        if DISPUTED in known and self._reading([one for one in known[DISPUTED] if one.thing == kind]):
            raise NotKnown
        return self._reading(known.get(kind, []))

    def pointing_at(self, kind: str, person_id: UUID) -> list[Fact]:
        """Facts of a kind whose object is the person."""
        return self._reading(self._by_object.get(person_id, NOTHING).get(kind, []))

    def _reading(self, facts: list[Fact]) -> list[Fact]:
        """A list is kept while it counts as read, so that no other takes its number."""
        if facts:
            self._looked_at[id(facts)] = facts
        return facts

    def in_force(self, kind: str, person_id: UUID, on: date) -> list[Fact]:
        return [fact for fact in self.about(kind, person_id) if holds(fact, on)]

    def latest(self, kind: str, person_id: UUID, on: date) -> Fact | None:
        """The fact in force on a day; of several the one valid from the latest day, then recorded last."""
        found = self.in_force(kind, person_id, on)
        return max(found, key=lambda fact: (fact.valid_from, fact.seq)) if found else None

    def between(self, kind: str, one: UUID, other: UUID) -> list[Fact]:
        """Facts of a kind that tie two people, in either direction and any period."""
        return [f for f in self.about(kind, one) if f.object_id == other] + [
            f for f in self.about(kind, other) if f.object_id == one
        ]

    def registered_with(self, person_id: UUID, on: date) -> set[UUID]:
        """Everybody registered on the day where the person is, the person too. Raises NotKnown when that is nowhere."""
        place = self._home(person_id, on)
        if place is None:
            raise NotKnown
        known = {fact.subject_id for fact in self._residences().get(place, ())}
        return {one for one in known if self._home(one, on) == place}

    def _home(self, person_id: UUID, on: date) -> tuple[str, str] | None:
        found = self.latest("person.residence", person_id, on)
        return _place(found) if found and found.value.get("address") else None

    def _residences(self) -> dict[tuple[str, str], list[Fact]]:
        """Every registration by place, in force or not; counted once for all readings of the book."""
        if not self._by_home:
            for fact in self.of_kind("person.residence"):
                self._by_home.setdefault(_place(fact), []).append(fact)
        return self._by_home

    def parents(self, child_id: UUID) -> list[UUID]:
        """Parents by acts of birth, the mother first."""
        facts = self.about("family.parent", child_id)
        ordered = sorted(facts, key=lambda fact: (fact.value.get("role") != "mother", fact.seq))
        return list(dict.fromkeys(fact.object_id for fact in ordered if fact.object_id))

    def parent(self, child_id: UUID, role: str) -> UUID | None:
        facts = [f for f in self.about("family.parent", child_id) if f.value.get("role") == role]
        return facts[-1].object_id if facts else None

    def children(self, parent_id: UUID) -> list[UUID]:
        return list(dict.fromkeys(fact.subject_id for fact in self.pointing_at("family.parent", parent_id)))

    def spouse(self, person_id: UUID, on: date) -> UUID | None:
        marriage = self.latest("family.marriage", person_id, on)
        return marriage.object_id if marriage else None

    def death(self, person_id: UUID) -> date | None:
        facts = self.about("person.death", person_id)
        return date.fromisoformat(facts[-1].value["date"]) if facts else None

    def birth(self, person_id: UUID) -> date | None:
        facts = self.about("person.birth", person_id)
        return date.fromisoformat(facts[-1].value["date"]) if facts else None


def holds(fact: Fact, on: date) -> bool:
    """As `Period.holds`, without making one: derivations ask it of every fact they look at."""
    return fact.valid_from <= on and (fact.valid_to is None or on < fact.valid_to)


def _leave_out(index: Index, person_id: UUID, kind: str, gone: Collection[UUID]) -> None:
    rest = [fact for fact in index[person_id][kind] if fact.id not in gone]
    index[person_id] = index[person_id] | {kind: rest}


def _place(residence: Fact) -> tuple[str, str]:
    return residence.value.get("region") or "", residence.value.get("address") or ""
