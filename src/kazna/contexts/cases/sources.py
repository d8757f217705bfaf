"""What cases asks of the contexts below; one place, so that actions can be tried on plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import (
    Ask,
    Indexed,
    Question,
    Recounted,
    Replay,
    Right,
    Sum,
    SumAsked,
    Suspension,
    Touched,
)
from kazna.contexts.reference import public as reference
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact, NewFact, PersonCard
from kazna.events.cause import Cause

Key = tuple[str, UUID, UUID]  # measure, subject, recipient


class Sources(Protocol):
    """Rights, people, facts and the working calendar, always read in bulk."""

    def rights(self, right_ids: Collection[UUID]) -> Mapping[UUID, Right]: ...

    def replayed(self, right_ids: Collection[UUID]) -> Mapping[UUID, Replay]: ...

    def recount(self, questions: Sequence[Question]) -> Sequence[Sequence[Recounted]]: ...

    def keep(self, answers: Sequence[Recounted]) -> Sequence[Right]: ...

    def evaluate(self, asks: Sequence[Ask], on: date) -> None: ...

    def offer_days(self) -> Mapping[str, int]: ...

    def ask_for(self, answers: Sequence[Recounted], on: date) -> None: ...

    def indexed_on(self, day: date) -> Mapping[str, Indexed]: ...

    def sums_on(self, day: date, keys: Mapping[Key, Collection[str]]) -> Mapping[Key, Sum]: ...

    def sums_again(self, asked: Sequence[SumAsked]) -> Sequence[int | None]: ...

    def release(self) -> str: ...

    def standings(self, keys: Sequence[Key], cause: Cause) -> Sequence[Touched]: ...

    def suspensions(self) -> Mapping[str, tuple[Suspension, ...]]: ...

    def cards(self, person_ids: Collection[UUID]) -> Mapping[UUID, PersonCard]: ...

    def facts(self, fact_ids: Collection[UUID]) -> Sequence[Fact]: ...

    def emails(self, person_ids: Collection[UUID]) -> Mapping[UUID, str]: ...

    def working_day_after(self, day: date, count: int) -> date: ...

    def report(self, pages: Sequence[tuple[Sequence[NewFact], Cause]], *, source: str, on: date) -> None: ...

    def kind_titles(self) -> Mapping[str, str]: ...


class Doors:
    """The real ones."""

    def rights(self, right_ids: Collection[UUID]) -> Mapping[UUID, Right]:
        return measures.rights(right_ids)

    def replayed(self, right_ids: Collection[UUID]) -> Mapping[UUID, Replay]:
        return measures.replay(right_ids)

    def recount(self, questions: Sequence[Question]) -> Sequence[Sequence[Recounted]]:
        return measures.recount(questions)

    def keep(self, answers: Sequence[Recounted]) -> Sequence[Right]:
        return measures.keep(answers)

    def evaluate(self, asks: Sequence[Ask], on: date) -> None:
        measures.evaluate(asks, on)

    def offer_days(self) -> Mapping[str, int]:
        return measures.offer_days()

    def ask_for(self, answers: Sequence[Recounted], on: date) -> None:
        measures.ask_for(answers, on)

    def indexed_on(self, day: date) -> Mapping[str, Indexed]:
        return measures.indexed_on(day)

    def sums_on(self, day: date, keys: Mapping[Key, Collection[str]]) -> Mapping[Key, Sum]:
        return measures.sums_on(day, keys)

    def sums_again(self, asked: Sequence[SumAsked]) -> Sequence[int | None]:
        return measures.sums_again(asked)

    def release(self) -> str:
        return measures.store_release()

    def standings(self, keys: Sequence[Key], cause: Cause) -> Sequence[Touched]:
        return measures.standings(keys, cause)

    def suspensions(self) -> Mapping[str, tuple[Suspension, ...]]:
        return measures.suspensions()

    def cards(self, person_ids: Collection[UUID]) -> Mapping[UUID, PersonCard]:
        return registers.cards(list(person_ids))

    def facts(self, fact_ids: Collection[UUID]) -> Sequence[Fact]:
        return registers.facts_by_ids(list(fact_ids))

    def emails(self, person_ids: Collection[UUID]) -> Mapping[UUID, str]:
        contacts: Iterable[Fact] = registers.facts_of(list(person_ids), kinds=["person.contact"])
        return {fact.subject_id: fact.value["email"] for fact in contacts if fact.value.get("email")}

    def working_day_after(self, day: date, count: int) -> date:
        return reference.add_working_days(day, count)

    def report(self, pages: Sequence[tuple[Sequence[NewFact], Cause]], *, source: str, on: date) -> None:
        registers.report_pages(pages, source=source, on=on)

    def kind_titles(self) -> Mapping[str, str]:
        return registers.kind_titles()
