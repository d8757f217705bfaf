"""The scalar way on the facts of a store: for the few whom columns cannot answer, and to check the columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import duckdb
import pyarrow as pa

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.derivations.awards import ASSIGNED, PENSION, PENSION_MEASURES
from kazna.contexts.measures.determine import result_by_cases
from kazna.contexts.measures.plainly import Memory, result_plainly
from kazna.contexts.registers.contracts import Fact
from kazna.rules import Edition, Library

CHUNK = 2_000  # people whose questions are answered at once
HELD = 10_000  # people whose families are held in memory: most measures ask one by one about the same ones
AROUND = """
WITH near AS (
    SELECT n FROM asked_life UNION SELECT t.other FROM asked_life a JOIN tie t ON t.one = a.n
    UNION SELECT b.other FROM asked_life a JOIN neighbour b ON b.person = a.n
),
around AS (SELECT n FROM near UNION SELECT t.other FROM near x JOIN tie t ON t.one = x.n)
SELECT f.seq, f.kind, s.id AS subject_id, o.id AS object_id, f.thing, f.valid_from, f.valid_to, f.value, f.source,
    f.known_on
FROM fact f JOIN around a ON a.n = f.subject JOIN person s ON s.n = f.subject LEFT JOIN person o ON o.n = f.object
ORDER BY f.seq
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered the scalar way; amount (kopecks) and days of those granted."""

    recipient: str
    state: str
    amount_kopecks: int | None
    first_day: date | None
    last_day: date | None


def facts_around(database: duckdb.DuckDBPyConnection, people: Iterable[str]) -> list[Fact]:
    """Facts of these people and of their families."""
    database.register("asked_id", pa.table({"id": pa.array(sorted(set(people)), pa.string())}))
    database.execute("CREATE OR REPLACE TEMP TABLE asked_life AS SELECT n FROM person JOIN asked_id USING (id)")
    return [_fact(row) for row in database.execute(AROUND).fetchall()]


class Around:
    """Books of people with their families: measures ask about the same people one after another."""

    def __init__(self, database: duckdb.DuckDBPyConnection, on: date, shelf_lives: Mapping[str, int]) -> None:
        self.database, self.on, self.shelf_lives = database, on, shelf_lives
        self._people: frozenset[str] = frozenset()
        self._facts: dict[int, Fact] = {}  # by their numbers
        self._book = Book([])

    def book(self, people: frozenset[str]) -> Book:
        """Facts of these people and their families, others may be there too."""
        if not people <= self._people:
            if len(self._people | people) > HELD:
                self._people, self._facts = frozenset(), {}
            around = facts_around(self.database, people - self._people)
            self._people |= people
            self._facts |= {fact.seq: fact for fact in around}
            self._book = Book(self._facts.values()).fresh_for(self.on, self.shelf_lives)
        return self._book


def _fact(row: tuple) -> Fact:  # type: ignore[type-arg]
    seq, kind, subject, other, thing, first, end, value, source, known_on = row
    moment = datetime.combine(known_on, datetime.min.time())
    return Fact(UUID(int=seq), seq, kind, person_of(subject), person_of(other) if other else None, thing, first, end,
                json.loads(value), source, None, known_on, moment)  # fmt: skip


def answer(
    library: Library,
    edition: Edition,
    book: Book,
    subject: str,
    recipients: Sequence[str],
    on: date,
    memory: Memory | None = None,
) -> Answer:
    """The first recipient who is not refused, or the first one's refusal, in plain three-valued logic.

    `memory`: for several editions asked about the same people, see `result_plainly`.
    """
    first = None
    for recipient in recipients:
        roles = roles_of(edition, subject, recipient)
        found = Answer(recipient, *result_plainly(library, edition, roles, book, on, memory))
        if found.state != "refused":
            return found
        first = first or found
    assert first is not None
    return first


def sharpened(library: Library, edition: Edition, book: Book, subject: str, recipient: str, on: date) -> Answer:
    """The same with every case of what is missing looked at, as when a decision is to be taken."""
    return Answer(recipient, *result_by_cases(library, edition, roles_of(edition, subject, recipient), book, on))


def roles_of(edition: Edition, subject: str, recipient: str) -> dict[str, UUID]:
    decided_for = edition.document["decided_for"]
    if decided_for == "person":
        return {"person": person_of(subject)}
    return {decided_for: person_of(subject), "applicant": person_of(recipient)}


@lru_cache(maxsize=1 << 16)
def person_of(told: str) -> UUID:
    """One object a person: books find people by identity before they compare numbers."""
    return UUID(told)


def without_award(book: Book, own: Iterable[Fact], measure: str, subject: str, recipient: str) -> Book:
    """The book without the record of this award, nor that of the former register where it is a pension: an award must
    not stand in its own way. `own`: facts of the recipient's awards and pensions.
    """

    def is_own(fact: Fact) -> bool:
        if fact.kind == PENSION:
            return measure in PENSION_MEASURES
        mine = recipient == subject or str(fact.object_id) == subject
        return fact.value.get("measure") == measure and mine

    return book.leaving_out([fact for fact in own if is_own(fact)])


def of_recipients(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts of awards and pensions by recipient."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind in (ASSIGNED, PENSION):
            found.setdefault(str(fact.subject_id), []).append(fact)
    return found
