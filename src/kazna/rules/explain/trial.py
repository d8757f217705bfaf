"""Trying other values of known facts: would the measure be granted, and from which value on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.axis import ORDERED, Axis, axis_of
from kazna.rules.cases import domain, with_values
from kazna.rules.determination import tried
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment
from kazna.rules.explain.wording import name_of, say_fact
from kazna.rules.language.types import Kind
from kazna.rules.outcome import Outcome
from kazna.rules.situation import prepare

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
Grants = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Trial:
    """A refused outcome to try other values on. `facts`: those its conditions read, with their known values."""

    edition: Edition
    environment: Environment
    facts: Mapping[str, Any]

    @staticmethod
    def of(outcome: Outcome, edition: Edition) -> Trial:
        prepared = prepare(outcome.situation, edition.facts, edition.relations)
        environment = edition.determiner.environment(prepared, outcome.on, edition.parameters)
        known = {name: value for result in outcome.conditions for name, value in result.facts if value is not None}
        return Trial(edition, environment, known)

    def changeable(self, name: str) -> FactDefinition | None:
        """The definition of a known fact that may turn out otherwise; None for fixed ones and rows of months."""
        definition = self.edition.determiner.definition(name)
        usable = definition is not None and (domain(definition.type) or definition.type.kind in ORDERED)
        return definition if usable and definition is not None and not definition.fixed and name in self.facts else None

    def grants(self, values: Mapping[str, Any]) -> bool:
        """Whether the measure is granted with these values, everything else as it is."""
        if self.edition.quick is not None:
            return bool(tried(self.environment, self.edition.quick)(values)[0] == "granted")
        return self.edition.program.run(with_values(self.environment, values)).state == "granted"

    def turns(
        self, name: str, definition: FactDefinition, others: Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Any, str]]:
        """Values that grant with `others` changed too, and the words before a threshold, «не больше » and so on.

        A threshold is found by halving, so it is the nearest one where the measure turns on the fact once.
        """

        def grants(value: Any) -> bool:
            return self.grants({**(others or {}), name: value})

        now = self.facts[name]
        values = domain(definition.type)
        if values:
            found = next((value for value in values if value != now and grants(value)), None)
            if found is not None:
                yield found, ""
            return
        axis = axis_of(definition.type, first=FIRST_DAY, last=LAST_DAY)
        for end in (axis.low, axis.high):
            if end != axis.read(now) and grants(axis.write(end)):
                value = axis.write(_nearest(axis, axis.read(now), end, grants))
                yield value, border(definition, is_lower=end == axis.low)

    def said(self, name: str, value: Any, border: str) -> str:
        """«доход — не больше 500,00 ₽ (сейчас 700,00 ₽)»."""
        definition = self.edition.determiner.definition(name)
        assert definition is not None
        said, now = say_fact(definition, value), say_fact(definition, self.facts[name])
        return f"{name_of(self.edition, name)} — {border}{said} (сейчас {now})"


def _nearest(axis: Axis, now: int, end: int, grants: Grants) -> int:
    refused, granted = now, end
    while abs(granted - refused) > 1:
        middle = (granted + refused) // 2
        if grants(axis.write(middle)):
            granted = middle
        else:
            refused = middle
    return granted


def border(definition: FactDefinition, *, is_lower: bool) -> str:
    if definition.type.kind is Kind.DATE:
        return "не позже " if is_lower else "не раньше "
    return "не больше " if is_lower else "не меньше "
