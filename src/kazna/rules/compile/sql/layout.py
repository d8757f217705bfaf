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


def month_column(column: str, month: int) -> str:
    """A series has a column for each month it is known of: `member__income__2024_10`."""
    year, index = divmod(month, 12)
    return f"{column}__{year}_{index + 1:02d}"


def rest_column(column: str) -> str:
    """Beside a series: true where the months without a column are zero, not unknown."""
    return f"{column}__rest"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a database holds; a fact or relation that is not there is unknown for everybody.

    Facts by full name, those of candidates as `relation.fact`. `complete`: facts (and relations) never unknown.
    `months`: series → the months (year * 12 + month - 1) that have a column; `rest`: series with a column that says
    where all others are zero.
    `constants`: facts that are the same for everybody, as values of the engine; they need no column.
    """

    facts: frozenset[str]
    relations: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()
    months: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    rest: frozenset[str] = frozenset()
    constants: Mapping[str, Any] = field(default_factory=dict)
