"""How facts lie in tables: `subject` with a column for each fact, `rel_NAME` with the candidates of each group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SUBJECT = "subject"
IDENTITY = "id"
GROUP = "group_id"
TIE = "tie"
PARAMETERS = "law_parameter"
OTHER_TIE = "?"  # a tie that no part of the relation names


def fact_column(name: str) -> str:
    return name.replace(".", "__")


def group_column(relation: str) -> str:
    return f"{relation}__group"


def relation_table(relation: str) -> str:
    return f"rel_{relation}"


def rest_column(column: str) -> str:
    """Beside a series: true where the months outside the list are zero, not unknown."""
    return f"{column}__rest"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a database holds; a fact or relation that is not there is unknown for everybody.

    Facts by full name, those of candidates as `relation.fact`. `complete`: facts (and relations) never unknown.
    `first_month`: series → the month (year * 12 + month - 1) of the first element of its lists.
    `constants`: facts that are the same for everybody, as values of the engine; they need no column.
    """

    facts: frozenset[str]
    relations: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()
    first_month: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
