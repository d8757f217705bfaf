"""One edition of a measure: conditions, steps, amount and term as typed expressions with citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.tables import Table
from kazna.rules.evaluate.calendar import Calendar
from kazna.rules.language.nodes import Node
from kazna.rules.problems import Place


@dataclass(frozen=True, slots=True)
class Citation:
    """Keys of the measure's `law`; `article` replaces the place named there when it is not empty."""

    keys: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A named intermediate value, shown in the explanation. `shared`: it comes from the common definitions.

    `source` of a step, condition or formula: its text in the file; None where it has several.
    """

    name: str
    title: str
    node: Node
    citation: Citation
    place: Place
    shared: bool = False
    source: Entry | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """In force on governing dates from `since` to `until`, both inclusive, None meaning always."""

    id: str
    title: str
    node: Node
    citation: Citation
    since: date | None
    until: date | None
    ask: str
    refusal: str
    place: Place
    source: Entry | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Formula:
    """The amount, or one end of the term."""

    title: str
    node: Node
    citation: Citation
    place: Place
    source: Entry | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a choice in the passport; `when` None always holds."""

    when: Node | None
    value: str


@dataclass(frozen=True, slots=True)
class Measure:
    """`start`..`end`: the days this edition is in force, inclusive, `end` None meaning open.

    `steps` stand in the order in which they can be computed. `tables`: own and shared ones it may read.
    `definitions`: shared definitions it takes in, as they are written.
    `choices`: `mode` and `body` of the passport, first line that holds wins.
    """

    id: str
    title: str
    short_title: str
    start: date
    end: date | None
    law: Mapping[str, Any]
    governing: Node
    steps: tuple[Step, ...]
    conditions: tuple[Condition, ...]
    amount: Formula | None
    term_from: Formula | None
    term_to: Formula | None
    parameters: tuple[str, ...]
    tables: Mapping[str, Table]
    choices: Mapping[str, tuple[Choice, ...]]
    calendar: Calendar
    definitions: Mapping[str, Any]
    read_tests: Callable[[], tuple[Entry, ...]]
    place: Place
    plain: Mapping[str, Any]

    @property
    def tests(self) -> tuple[Entry, ...]:
        """The examples as they are written; read from the file when first wanted. Raises Unreadable."""
        return self.read_tests()
