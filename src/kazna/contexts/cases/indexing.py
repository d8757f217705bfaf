"""New sums of a chunk of awards: by the rule where the person stands with it, else by the coefficient of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connection

from kazna.contexts.cases.models_indexation import IndexationChunk, IndexationRun
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import Indexed, Sum
from kazna.kernel.money import multiplied

COLUMNS = (
    "id", "number", "decision_id", "case_id", "code", "title", "subject_id", "recipient_id", "child_id",
    "territory", "amount_kopecks", "form", "period", "first_day", "last_day", "ends_on",
)  # fmt: skip
IN_FORCE = """
    a.period = 'month' AND a.form = 'cash' AND a.first_day < %(begins)s
    AND (a.last_day IS NULL OR a.last_day >= %(begins)s)
    AND (a.taken_over_on IS NULL OR a.taken_over_on < %(day)s)
    AND NOT EXISTS (SELECT 1 FROM cases_award_stop s WHERE s.award_id = a.id)
    AND NOT EXISTS (SELECT 1 FROM cases_decision d
                    WHERE d.id = a.decision_id AND d.ground->>'indexation' = %(day)s::date::text)
"""  # a sum loaded on the day or after it is a new one already; nothing is indexed twice for one day
FROM_CHUNK = f"""
    FROM cases_award a
    WHERE a.id BETWEEN %(first)s AND %(last)s AND a.measure = %(measure)s AND a.body = %(body)s
      AND {IN_FORCE}
"""
SUMS = f"SELECT a.id, a.number, a.decision_id, a.subject_id, a.recipient_id, a.territory, a.amount_kopecks {FROM_CHUNK}"
LIVE = f"""
    SELECT {", ".join("a." + name for name in COLUMNS)},
           (SELECT max(b.ordinal) + 1 FROM cases_award b WHERE b.measure = a.measure AND b.subject_id = a.subject_id
              AND b.recipient_id = a.recipient_id),
           (SELECT coalesce(d.right_id::text, d.ground->>'right') FROM cases_decision d WHERE d.id = a.decision_id)
    {FROM_CHUNK}
    ORDER BY a.id
"""


@dataclass(slots=True)
class LiveAward:
    """An award in force, as the table has it; `ordinal` is the next one of its key, `right` the one that granted it."""

    id: UUID
    number: str
    decision_id: UUID | None
    case_id: UUID | None
    code: str
    title: str
    subject_id: UUID
    recipient_id: UUID
    child_id: UUID | None
    territory: str
    amount_kopecks: int
    form: str
    period: str
    first_day: date
    last_day: date | None
    ends_on: list[str]
    ordinal: int
    right: str | None


@dataclass(slots=True)
class SumInForce:
    """Of an award in force only what a sum is counted from."""

    id: UUID
    number: str
    decision_id: UUID | None
    subject_id: UUID
    recipient_id: UUID
    territory: str
    amount_kopecks: int


One = TypeVar("One", LiveAward, SumInForce)


@dataclass(frozen=True, slots=True)
class NewSum(Generic[One]):
    """An award and its sum from the day on: by the coefficient, or by the rule (`found`)."""

    award: One
    amount_kopecks: int
    coefficient: Fraction | None
    found: Sum | None


@dataclass(frozen=True, slots=True)
class ChunkSums(Generic[One]):
    """What a chunk comes to: awards that get another sum, how many are unsure, how many would fall."""

    changes: list[NewSum[One]]
    unsure: int
    lower: int
    before_kopecks: int
    after_kopecks: int


def live_awards(run: IndexationRun, chunk: IndexationChunk) -> list[LiveAward]:
    return [LiveAward(*row) for row in _rows(LIVE, run, chunk)]


def sums_in_force(run: IndexationRun, chunk: IndexationChunk) -> list[SumInForce]:
    return [SumInForce(*row) for row in _rows(SUMS, run, chunk)]


def _rows(query: str, run: IndexationRun, chunk: IndexationChunk) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "first": chunk.first_id,
                "last": chunk.last_id,
                "measure": chunk.measure,
                "body": chunk.body,
                "begins": run.begins,
                "day": run.day,
            },
        )
        return cast(list[tuple[Any, ...]], cursor.fetchall())


def new_sums(awards: Sequence[One], measure: str, day: date, how: Indexed | None, sources: Sources) -> ChunkSums[One]:
    """Sums of a day. An indexation never lowers: what would fall is counted and left alone."""
    by_rule = _by_rule([award for award in awards if award.decision_id is not None], measure, day, sources)
    changes: list[NewSum[One]] = []
    unsure = lower = before = after = 0
    for award in awards:
        found, coefficient = by_rule.get(award.id), None
        amount = found.amount_kopecks if found else None
        if found is None and how is not None and (coefficient := how.coefficient(award.territory)):
            amount = multiplied(award.amount_kopecks, coefficient)
        before += award.amount_kopecks
        after += award.amount_kopecks if amount is None else max(amount, award.amount_kopecks)
        if amount is None:
            unsure += 1
        elif amount < award.amount_kopecks:
            lower += 1
        elif amount > award.amount_kopecks:
            changes.append(NewSum(award, amount, coefficient, found))
    return ChunkSums(changes, unsure, lower, before, after)


def _by_rule(awards: Sequence[One], measure: str, day: date, sources: Sources) -> Mapping[UUID, Sum]:
    """Sums by the rule, by award; absent for who never stood with the measure (a legacy award, indexed or not)."""
    if not awards:
        return {}
    own: dict[tuple[str, UUID, UUID], set[str]] = {}
    for award in awards:
        own.setdefault((measure, award.subject_id, award.recipient_id), set()).add(award.number)
    sums = sources.sums_on(day, own)
    return {award.id: found for award in awards if (found := sums.get((measure, award.subject_id, award.recipient_id)))}
