"""One determination in progress: the facts known, the people, the day, what has been computed and used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from kazna.rules.documents.parameters import Parameter, ParameterRow
from kazna.rules.evaluate.spans import ANY_DATE, Span


class Person(NamedTuple):
    """A candidate of a relation. `label`: how its facts are named in lists: `member[1]`."""

    label: str
    tie: str | None
    facts: Mapping[str, Any]


class Environment:
    """`facts` and `people` hold only known values; a relation that is None is unknown as a whole.

    `today`: the day of determination, or a Span of days: then a value holds for each of them (see `next_change`).
    `static`: nothing is known and nothing is presumed (a check of ranges, not a determination).
    `used`: (parameter, key, day) → the row read. `presumed`: facts replaced by a stated presumption.
    """

    __slots__ = (
        "facts", "governing", "members", "parameters", "people", "person", "presumed", "static", "steps", "today",
        "used",
    )  # fmt: skip

    def __init__(
        self,
        *,
        facts: Mapping[str, Any],
        people: Mapping[str, list[Person] | None],
        today: Any,
        parameters: Mapping[str, Parameter],
        static: bool = False,
    ) -> None:
        self.facts = facts
        self.people = people
        self.today = today
        self.parameters = parameters
        self.static = static
        self.governing: Any = ANY_DATE
        self.person: Person | None = None
        self.steps: dict[str, Any] = {}
        self.members: dict[str, list[tuple[Person, bool | None]]] = {}
        self.used: dict[tuple[str, str | None, date], ParameterRow] = {}
        self.presumed: set[str] = set()

    @property
    def is_interval(self) -> bool:
        """Whether many days are looked at together: unknown may then only mean «not the same on all days»."""
        return type(self.today) is Span

    def parameter_row(self, name: str, key: str | None, day: date) -> ParameterRow | None:
        """The row in force, noted as used."""
        parameter = self.parameters.get(name)
        row = parameter.row(key, day) if parameter is not None else None
        if row is not None:
            self.used[(name, key, day)] = row
        return row
