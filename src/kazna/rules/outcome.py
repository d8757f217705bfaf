"""The result of a determination: the answer, its reasons, and the trace that replay compares byte by byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from kazna.rules.evaluate.series import Series
from kazna.rules.situation import Situation

State = Literal["granted", "refused", "unknown"]
Answer = Literal["yes", "no", "unknown"]
TRACE_FORMAT = 1
JSON_ALREADY = frozenset({bool, int, str})  # most values by far


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """`facts`: (name, value or None when unknown) that the condition reads, through steps too.

    `missing`: the facts that keep it unknown. `steps`: names of the steps it reads.
    """

    id: str
    title: str
    answer: Answer
    law: tuple[str, ...]
    facts: tuple[tuple[str, Any], ...]
    missing: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepResult:
    """`value` None means unknown. Money is in kopecks."""

    name: str
    title: str
    value: Any
    is_money: bool
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterUsed:
    """The row of a parameter that was read; `start`..`end` inclusive, money in kopecks."""

    name: str
    title: str
    key: str | None
    value: Any
    is_money: bool
    start: date
    end: date | None
    law: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Outcome:
    """Money in kopecks; `term_to` inclusive, None means open.

    `missing` is filled only when the state is unknown: the facts that can still change the answer, cheapest
    first. `presumed`: unknown facts replaced by a presumption the law states. `by_cases`: unknown facts that
    were tried in every way and never changed the answer. `situation`: what was asked about, for explanations.
    """

    measure: str
    edition: str
    parameters: str
    on: date
    governing_date: date | None
    state: State
    amount_kopecks: int | None
    term_from: date | None
    term_to: date | None
    conditions: tuple[ConditionResult, ...]
    steps: tuple[StepResult, ...]
    parameters_used: tuple[ParameterUsed, ...]
    missing: tuple[str, ...]
    presumed: tuple[str, ...]
    by_cases: tuple[str, ...]
    unknown_reasons: Mapping[str, str]
    situation: Situation = field(repr=False, compare=False)

    @cached_property
    def trace(self) -> dict[str, Any]:
        """Everything above as plain JSON values; same inputs give the same trace."""
        return {
            "format": TRACE_FORMAT,
            "measure": self.measure,
            "edition": self.edition,
            "parameters_digest": self.parameters,
            "on": as_json(self.on),
            "governing_date": as_json(self.governing_date),
            "state": self.state,
            "amount_kopecks": self.amount_kopecks,
            "term": {"from": as_json(self.term_from), "to": as_json(self.term_to)},
            "conditions": [_condition(result) for result in self.conditions],
            "steps": [
                {"name": step.name, "title": step.title, "value": as_json(step.value), "law": list(step.law)}
                for step in self.steps
            ],
            "parameters": [_parameter(used) for used in self.parameters_used],
            "missing": list(self.missing),
            "presumed": list(self.presumed),
            "by_cases": list(self.by_cases),
            "unknown_reasons": dict(sorted(self.unknown_reasons.items())),
        }

    @cached_property
    def canonical(self) -> bytes:
        """The trace in one fixed form: sorted keys, no spaces, UTF-8."""
        text = json.dumps(self.trace, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()


def _condition(result: ConditionResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "answer": result.answer,
        "law": list(result.law),
        "facts": {name: as_json(value) for name, value in result.facts},
        "missing": list(result.missing),
        "steps": list(result.steps),
    }


def _parameter(used: ParameterUsed) -> dict[str, Any]:
    return {
        "name": used.name,
        "key": used.key,
        "value": as_json(used.value),
        "from": as_json(used.start),
        "to": as_json(used.end),
        "law": used.law,
        "source": used.source,
        "verified": used.verified,
    }


def as_json(value: Any) -> Any:
    """A value of the engine in JSON: dates as ISO text, fractions as «3/2», monthly amounts as `Series.plain`."""
    if value is None or type(value) in JSON_ALREADY:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return value.plain() if isinstance(value, Series) else value
