"""Where one document is recorded: puts facts into the book, refuses with remarks, keeps claims and doubts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.integration.public import ActEdition, PersonRef, Remark, remark
from kazna.contexts.registers.book import Book
from kazna.contexts.registers.entries import Act, Card, Claim, Doubt, Entry
from kazna.contexts.registers.identity import identify, is_called
from kazna.contexts.registers.keys import keyed_id, person_id_by_snils, russian_day, sort_key
from kazna.contexts.registers.linkage.pair import told

MOST_DOUBTS = 5  # pairs put before an officer for one newcomer


class Refused(Exception):
    """The registers object to a document; carries the remarks. Never leaves the recording of one document."""

    def __init__(self, *remarks: Remark) -> None:
        super().__init__(*(one.code for one in remarks))
        self.remarks = remarks


@dataclass(slots=True)
class Desk:
    """One document at work. `source` is the agency; `thing` the act or line that identifies its facts,
    `subject_id` the person our question was about when the document answers one, or whom one sent unasked
    names (`is_unasked`): `on` is then the day it speaks of."""

    book: Book
    source: str
    on: date
    thing: str = ""
    subject_id: UUID | None = None
    is_unasked: bool = False
    remarks: list[Remark] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    # people

    def find(self, ref: PersonRef, who: str) -> Card | None:
        """The card of the person meant, None when nobody fits. Refuses a contradicting birth date or name."""
        found = identify(self.book, ref)
        if found.card is None and len(found.matches) > 1:
            raise self.refusal("person_ambiguous", who, who=who, count=len(found.matches))
        if found.card is None:
            return None
        self._check_birth_date(found.card, ref, who)
        if ref.snils and not is_called(self.book, found.card, ref):
            raise self.refusal("name_differs", who, who=who)
        return found.card

    def find_or_enter(self, ref: PersonRef, who: str) -> Card:
        """The card of the person meant; a newcomer gets a card and the facts the message tells about them."""
        if card := self.find(ref, who):
            card = self._complete(card, ref)
            if self._was_entered_here(card):
                self.tell_newcomer(card.person_id, ref)
            return card
        found = identify(self.book, ref)
        card = self.enter(Card(self._new_id(ref, who), ref.snils))
        self.tell_newcomer(card.person_id, ref)
        for namesake in found.namesakes:
            reason = "Совпали имя и дата рождения, документы не сошлись или не указаны."
            self.doubts.append(Doubt(namesake.person_id, card.person_id, reason))
        for one in found.likely[:MOST_DOUBTS]:
            self.doubts.append(Doubt(one.person_id, card.person_id, told(one.pair)))
        return self.book.cards[card.person_id]

    def by_snils(self, snils: str, who: str) -> Card:
        """Refuses with `person_unknown` when nobody has this СНИЛС."""
        if snils not in self.book.by_snils:
            raise self.refusal("person_unknown", who, who=who)
        return self.book.cards[self.book.by_snils[snils]]

    def asked_about(self, who: str) -> Card:
        """The person our own question was about. Refuses an answer to what was not asked."""
        if self.subject_id is None or self.subject_id not in self.book.cards:
            raise self.refusal("answer_unasked", who)
        return self.book.cards[self.subject_id]

    def enter(self, card: Card) -> Card:
        self.book.put_card(card)
        return card

    def _complete(self, card: Card, ref: PersonRef) -> Card:
        """Take over a СНИЛС that was not known before."""
        if ref.snils and not card.snils:
            return self.enter(replace(card, snils=ref.snils))
        return card

    def _check_birth_date(self, card: Card, ref: PersonRef, who: str) -> None:
        known = card.birth_date
        if ref.birth_date is None or known is None or ref.birth_date == known:
            return
        for entry in self.book.live(card.person_id, "person.birth")[:1]:
            value = {**entry.value, "date": ref.birth_date.isoformat()}
            self.claim(card, entry, valid_from=ref.birth_date, value=value)
        raise self.refusal(
            "birth_date_differs", who, who=who, given=russian_day(ref.birth_date), known=russian_day(known)
        )

    def _new_id(self, ref: PersonRef, who: str) -> UUID:
        return person_id_by_snils(ref.snils) if ref.snils else keyed_id(f"seen/{self.thing}/{who}")

    def _was_entered_here(self, card: Card) -> bool:
        """An earlier edition of the same act brought this person in: a correction may tell them anew."""
        return ("person.name", self.source, f"{self.thing}/seen") in self.book.facts[card.person_id]

    def tell_newcomer(self, person_id: UUID, ref: PersonRef) -> None:
        since = ref.birth_date or self.on
        name = {"surname": ref.surname, "forename": ref.forename, "patronymic": ref.patronymic}
        facts: list[tuple[str, dict[str, Any]]] = [("person.name", name)]
        if ref.birth_date:
            facts.append(("person.birth", {"date": ref.birth_date.isoformat(), "place": None, "act": None}))
        if ref.sex:
            facts.append(("person.sex", {"sex": ref.sex}))
        if ref.citizenship:
            facts.append(("person.citizenship", {"oksm": ref.citizenship, "by_birth": False}))
        if ref.document:
            paper = ref.document
            issued_on = paper.issued_on.isoformat() if paper.issued_on else None
            numbers = {"code": paper.code, "series_number": paper.series_number}
            facts.append(("person.document", {**numbers, "issued_on": issued_on, "issuer": paper.issuer}))
        if ref.residence and ref.residence.region:
            place = ref.residence
            where = {"region": place.region, "oktmo": place.oktmo, "address": place.text, "permanent": True}
            facts.append(("person.residence", where))
        for kind, value in facts:
            self.put(kind, person_id, since, value, thing=f"{self.thing}/seen")
        self.know_name(person_id, name, ref.birth_date)

    def know_name(self, person_id: UUID, name: dict[str, Any], birth_date: date | None) -> None:
        """From now on the person is found under this name too, within this delivery and after it."""
        if birth_date:
            key = sort_key(name["surname"], name["forename"], name["patronymic"])
            self.book.add_name(person_id, key, birth_date)

    # facts

    def put(
        self,
        kind: str,
        subject_id: UUID,
        valid_from: date,
        value: dict[str, Any],
        *,
        object_id: UUID | None = None,
        valid_to: date | None = None,
        thing: str | None = None,
    ) -> None:
        """Record a fact of this document's source; without `thing` it is identified by the document's act.

        What was sent unasked never takes the place of what the source told as of a later day.
        """
        thing = self.thing if thing is None else thing
        entry = Entry(kind, subject_id, object_id, thing, valid_from, valid_to, value, self.source)
        if self.is_unasked and self.book.told_after(entry, self.on):
            self.note("older_told", kind, day=russian_day(self.on))
            return
        self.book.put(entry, self.on)

    def open_act(self, edition: ActEdition) -> bool:
        """Begin an edition of an act. False when it is not newer than the one recorded: nothing is to be done.

        What the former edition said and this one does not repeat is withdrawn; an annulled act says nothing.
        """
        self.thing = str(edition.key)
        known = self.book.acts.get(self.thing)
        if known and edition.version <= known.version:
            return False
        for person_id in known.person_ids if known else ():
            for entry in list(self.book.facts[person_id].values()):
                if entry.source == self.source and self._is_of_act(entry) and not entry.annulled:
                    self.book.annul(entry)
        return not edition.is_annulled

    def close_act(self, edition: ActEdition) -> None:
        """Remember the edition and whose facts carry it."""
        key = str(edition.key)
        known = self.book.acts.get(key)
        if known and edition.version <= known.version:
            return
        told = {subject for (subject, k) in self.book.entries_before if k[2] == key or k[2].startswith(key + "/")}
        self.book.put_act(key, Act(edition.version, frozenset(told | (known.person_ids if known else frozenset()))))

    def _is_of_act(self, entry: Entry) -> bool:
        is_own = entry.thing == self.thing or entry.thing.startswith(self.thing + "/")
        return is_own and not entry.thing.endswith("/seen")

    # objections

    def refusal(self, code: str, where: str, **facts: Any) -> Refused:
        return Refused(remark(code, where, **facts))

    def note(self, code: str, where: str, **facts: Any) -> None:
        """A remark that does not hold the document back."""
        self.remarks.append(replace(remark(code, where, **facts), is_refusal=False))

    def claim(self, card: Card, known: Entry, **changes: Any) -> None:
        """Keep for an officer what this source says instead of a known fact."""
        if known.fact_id:
            told = replace(known, source=self.source, thing=known.thing, fact_id=None, **changes)
            self.claims.append(Claim(card.person_id, known.fact_id, told))

    def alive_on(self, card: Card, day: date, who: str) -> None:
        """Refuses an event after the person's death."""
        if card.died_on and card.died_on < day:
            facts = {"died_on": russian_day(card.died_on), "happened_on": russian_day(day)}
            raise self.refusal("person_dead", who, who=who, **facts)
