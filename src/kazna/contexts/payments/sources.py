"""What payments asks of the contexts below; one place, so that actions can be tried on plain data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.public import CreditStatement
from kazna.contexts.measures import public as measures
from kazna.contexts.payments.levy_rules import rules
from kazna.contexts.reference import public as reference
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact, PersonCard

KINDS = (
    *("person.delivery", "person.account", "person.contact"),
    *("family.parent", "family.custody_lost", "family.guardianship"),
)


class Sources(Protocol):
    """People and their accounts, measures' documents, the calendar, bank statements; read in bulk."""

    def cards(self, person_ids: Collection[UUID]) -> Mapping[UUID, PersonCard]: ...

    def payee_facts(self, person_ids: Collection[UUID]) -> Sequence[Fact]: ...

    def bound_to(self, person_ids: Sequence[UUID]) -> Sequence[UUID]: ...

    def document(self, measure: str, on: date) -> Mapping[str, Any]: ...

    def working_day_after(self, day: date, count: int) -> date: ...

    def is_working_day(self, day: date) -> bool: ...

    def statement(self, document_id: UUID) -> CreditStatement: ...

    def living_minimum(self, groups: Mapping[UUID, str], on: date) -> Mapping[UUID, int]: ...


class Doors:
    """The real ones."""

    def cards(self, person_ids: Collection[UUID]) -> Mapping[UUID, PersonCard]:
        return registers.cards(list(person_ids))

    def payee_facts(self, person_ids: Collection[UUID]) -> Sequence[Fact]:
        return registers.facts_of(list(person_ids), kinds=KINDS)

    def bound_to(self, person_ids: Sequence[UUID]) -> Sequence[UUID]:
        return registers.bound_to(person_ids)

    def document(self, measure: str, on: date) -> Mapping[str, Any]:
        """The document of the edition in force on a day; the oldest for days before it."""
        card = measures.measure(measure)
        editions = card.editions
        return next((e for e in editions if e.first_day <= on), editions[-1]).document

    def working_day_after(self, day: date, count: int) -> date:
        return reference.add_working_days(day, count)

    def is_working_day(self, day: date) -> bool:
        return reference.is_working_day(day)

    def statement(self, document_id: UUID) -> CreditStatement:
        return integration.statement(document_id)

    def living_minimum(self, groups: Mapping[UUID, str], on: date) -> Mapping[UUID, int]:
        """Kopecks a month kept for people by their groups: the country's or the region's, whichever is more.

        Who is left out: nobody knows the figure.
        """
        minimum = rules().minimum
        cards = registers.cards(list(groups))
        parameters = measures.law_in_force().parameters
        country = parameters[minimum.federal].row(None, on)
        found = {}
        for person_id, group in groups.items():
            card = cards.get(person_id)
            local = parameters[minimum.groups[group]].row(card.territory, on) if card and card.territory else None
            if country is not None:
                found[person_id] = max(int(row.value) for row in (country, local) if row is not None)
        return found
