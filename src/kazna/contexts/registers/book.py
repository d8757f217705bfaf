"""The working copy of the part of the registers that one delivery touches.

It is filled by a few queries, changed in memory document by document, and written at once. Changes of
a document that is refused are undone here, so a savepoint costs no query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.integration.public import PersonRef
from kazna.contexts.registers.entries import Act, Card, Entry, Key
from kazna.contexts.registers.keys import sort_key
from kazna.contexts.registers.linkage.candidates import Candidate
from kazna.contexts.registers.precedence import Precedence


class Book:
    """Cards, current facts and acts, with the look-ups that recording needs."""

    def __init__(self) -> None:
        self.cards: dict[UUID, Card] = {}
        self.facts: dict[UUID, dict[Key, Entry]] = defaultdict(dict)
        self.acts: dict[str, Act] = {}
        self.by_snils: dict[str, UUID] = {}
        self.by_birth_act: dict[str, set[UUID]] = defaultdict(set)
        self.by_name: dict[tuple[str, date], set[UUID]] = defaultdict(set)
        self.elders: dict[UUID, set[UUID]] = defaultdict(set)  # person → parents, all the way up
        self.precedences: Mapping[str, Precedence] = {}
        self.candidates: dict[PersonRef, list[Candidate]] = {}
        self.told_about: dict[UUID, set[tuple[UUID, Key]]] = defaultdict(set)
        self.entries_before: dict[tuple[UUID, Key], Entry | None] = {}
        self.cards_before: dict[UUID, Card | None] = {}
        self.acts_before: dict[str, Act | None] = {}
        self.told_on: dict[tuple[UUID, Key], date] = {}  # known only where something sent unasked is recorded
        self.names_added: set[tuple[UUID, str, date]] = set()
        self._undo: list[Callable[[], Any]] = []

    # reading

    def live(self, person_id: UUID, *kinds: str) -> list[Entry]:
        """Facts in force about a person, oldest first."""
        found = [e for e in self.facts[person_id].values() if e.kind in kinds and not e.annulled]
        return sorted(found, key=lambda entry: (entry.valid_from, entry.source, entry.thing))

    def live_about(self, person_id: UUID, *kinds: str) -> list[Entry]:
        """Facts in force of which the person is the object: whose parent, whose spouse…; all kinds if none named."""
        found = [self.facts[subject].get(key) for subject, key in self.told_about[person_id]]
        chosen = [
            entry
            for entry in found
            if entry and entry.object_id == person_id and not entry.annulled and (not kinds or entry.kind in kinds)
        ]
        return sorted(chosen, key=lambda entry: (entry.valid_from, entry.source, entry.thing, str(entry.subject_id)))

    def named(self, surname: str, forename: str, patronymic: str | None, birth_date: date | None) -> list[Card]:
        """Cards ever known under this name with this birth date."""
        if birth_date is None:
            return []
        found = self.by_name.get((sort_key(surname, forename, patronymic), birth_date), set())
        return sorted((self.cards[person_id] for person_id in found), key=lambda card: str(card.person_id))

    def told_after(self, entry: Entry, day: date) -> bool:
        """The statement stands here as of a later day."""
        return self.told_on.get((entry.subject_id, entry.key), day) > day

    # changing

    def put(self, entry: Entry, told_on: date | None = None) -> None:
        """Make the entry the current version of its statement, told as of a day."""
        mine, key = self.facts[entry.subject_id], entry.key
        before = mine.get(key)
        if told_on:
            self._tell((entry.subject_id, key), told_on)
        self.entries_before.setdefault((entry.subject_id, key), before)
        mine[key] = entry
        self._undo.append(lambda: mine.pop(key) if before is None else mine.__setitem__(key, before))
        self._index(entry)

    def _tell(self, statement: tuple[UUID, Key], day: date) -> None:
        before = self.told_on.get(statement)
        self.told_on[statement] = day
        self._undo.append(
            lambda: self.told_on.pop(statement) if before is None else self.told_on.__setitem__(statement, before)
        )

    def annul(self, entry: Entry) -> None:
        self.put(replace(entry, annulled=True, fact_id=None))

    def put_card(self, card: Card) -> None:
        """Add a card or change one; look-ups follow."""
        before = self.cards.get(card.person_id)
        if before == card:
            return
        self.cards_before.setdefault(card.person_id, before)
        self._show(before, card)
        self._undo.append(lambda: self._show(card, before))

    def put_act(self, key: str, act: Act) -> None:
        before = self.acts.get(key)
        self.acts_before.setdefault(key, before)
        self.acts[key] = act
        self._undo.append(lambda: self.acts.pop(key) if before is None else self.acts.__setitem__(key, before))

    def add_name(self, person_id: UUID, key: str, birth_date: date) -> None:
        people = self.by_name[key, birth_date]
        if person_id not in people:
            people.add(person_id)
            self.names_added.add((person_id, key, birth_date))
            self._undo.append(lambda: people.discard(person_id))

    def drop_name(self, person_id: UUID, key: str, birth_date: date) -> None:
        people = self.by_name[key, birth_date]
        people.discard(person_id)
        self._undo.append(lambda: people.add(person_id))

    # the page of one document

    def begin(self) -> None:
        """Start a document: what follows can be undone as one."""
        self._undo.clear()
        self.entries_before.clear()
        self.cards_before.clear()
        self.acts_before.clear()
        self.names_added.clear()

    def undo(self) -> None:
        """Forget everything since `begin`."""
        for step in reversed(self._undo):
            step()
        self.begin()

    def changed_entries(self) -> Iterator[tuple[Entry | None, Entry]]:
        """Statements whose current version differs from the one before the document: (before, now)."""
        for (subject_id, key), before in self.entries_before.items():
            now = self.facts[subject_id][key]
            if now != before and not (before is None and now.annulled):
                yield before, now

    # filling

    def fill_card(self, card: Card) -> None:
        self._show(None, card)

    def fill_entry(self, entry: Entry) -> None:
        self.facts[entry.subject_id][entry.key] = entry
        self._index(entry)

    def _index(self, entry: Entry) -> None:
        if entry.object_id:
            self.told_about[entry.object_id].add((entry.subject_id, entry.key))

    def _show(self, before: Card | None, now: Card | None) -> None:
        """Replace a card together with its look-ups by СНИЛС and by birth record."""
        if before:
            del self.cards[before.person_id]
            if before.snils:
                self.by_snils.pop(before.snils, None)
            if before.birth_act:
                self.by_birth_act[before.birth_act].discard(before.person_id)
        if now:
            self.cards[now.person_id] = now
            if now.snils:
                self.by_snils[now.snils] = now.person_id
            if now.birth_act:
                self.by_birth_act[now.birth_act].add(now.person_id)
