"""Whom and what a batch of statements mentions: what the working copy has to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.integration.public import ActEdition, PersonRef
from kazna.contexts.registers.keys import record_number, sort_key


@dataclass(slots=True)
class Mentions:
    """СНИЛС, names with birth dates, numbers of birth records, keys of acts, people by id, those without СНИЛС."""

    snils: set[str] = field(default_factory=set)
    names: set[tuple[str, date]] = field(default_factory=set)
    birth_acts: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    person_ids: set[UUID] = field(default_factory=set)
    without_snils: set[PersonRef] = field(default_factory=set)

    def lock_keys(self) -> list[str]:
        """What must not be entered by two deliveries at once."""
        return sorted({*self.snils, *(name for name, _ in self.names), *self.birth_acts, *self.acts})


def mentions_of(statements: Iterable[Any]) -> Mentions:
    found = Mentions()
    for statement in statements:
        for part in fields(statement):
            _add(found, part.name, getattr(statement, part.name))
    return found


def _add(found: Mentions, name: str, value: Any) -> None:
    if isinstance(value, PersonRef):
        if value.snils:
            found.snils.add(value.snils)
        else:
            found.without_snils.add(value)
        if value.birth_date:
            found.names.add((sort_key(value.surname, value.forename, value.patronymic), value.birth_date))
    elif isinstance(value, ActEdition):
        found.acts.add(str(value.key))
        if value.key.register == "birth":
            found.birth_acts.add(value.key.number)
    elif value and name.endswith("snils"):
        found.snils.add(value)
    elif value and name.endswith("birth_act"):
        found.birth_acts.add(record_number(value))
