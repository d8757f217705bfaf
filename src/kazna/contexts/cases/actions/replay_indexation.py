"""Compute sums of an indexation once more: from the coefficient, or from the rule and the facts it read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import SumAsked
from kazna.kernel.money import round_half_up


def indexed_again(decisions: Sequence[Decision], sources: Sources) -> dict[UUID, list[str]]:
    """In what the decisions of indexations differ from their grounds; those that agree are absent."""
    if not decisions:
        return {}
    by_rule = [row for row in decisions if "coefficient" not in row.ground]
    sums = dict(zip([row.id for row in by_rule], sources.sums_again([_asked(row) for row in by_rule]), strict=True))
    found: dict[UUID, list[str]] = {}
    for row in decisions:
        again = sums[row.id] if row.id in sums else _by_coefficient(row)
        if again != row.amount_kopecks:
            found[row.id] = [f"размер: было {row.amount_kopecks}, стало {again}"]
    return found


def _by_coefficient(row: Decision) -> int:
    return round_half_up(row.ground["was_kopecks"] * Fraction(row.ground["coefficient"]))


def _asked(row: Decision) -> SumAsked:
    return SumAsked(
        release=row.ground["release"],
        measure=row.measure,
        roles={role: UUID(person) for role, person in row.ground["roles"].items()},
        day=date.fromisoformat(row.ground["indexation"]),
        fact_ids=tuple(map(UUID, row.ground["facts"])),
    )
