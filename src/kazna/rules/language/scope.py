"""The names an expression may use: facts, relations, parameters, tables and earlier steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from kazna.rules.language.nodes import Node
from kazna.rules.language.types import Type

BandKey = int | Fraction | date


@dataclass(frozen=True, slots=True)
class RelationScope:
    """`facts`: short name of a member's fact → type. A family has at least `least` and at most `most` members."""

    facts: Mapping[str, Type]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class ParameterScope:
    """`by`: None, "region", or the word for the key that must be written in brackets; `keys`: what keys there are."""

    type: Type
    by: str | None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableScope:
    """`keyed`: looked up by a word; else by bands of a number or date."""

    key: Type
    value: Type
    keyed: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """`region_fact`: the fact that gives the territory of parameters «by region»; None where there is none.

    `aliases`: names that stand for an expression typed before (inputs of a decision table).
    `definitions`: shared definitions that exist but are not listed in `uses` of the measure.
    """

    facts: Mapping[str, Type]
    relations: Mapping[str, RelationScope] = field(default_factory=dict)
    parameters: Mapping[str, ParameterScope] = field(default_factory=dict)
    tables: Mapping[str, TableScope] = field(default_factory=dict)
    steps: Mapping[str, Type] = field(default_factory=dict)
    aliases: Mapping[str, Node] = field(default_factory=dict)
    definitions: frozenset[str] = frozenset()
    region_fact: str | None = None
    has_governing_date: bool = True

    def bare_names(self) -> list[str]:
        """Every name that may stand alone in an expression."""
        return [*self.facts, *self.parameters, *self.steps, *self.aliases]
