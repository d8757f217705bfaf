"""The whole plan: what is at hand, what to request, what to ask, and what the law itself lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kazna.rules.edition import Edition
from kazna.rules.outcome import Outcome, as_json
from kazna.rules.plan.questions import Question, questions_of
from kazna.rules.plan.requests import Request, requests_of
from kazna.rules.plan.wanted import wanted_of


@dataclass(frozen=True, slots=True)
class Plan:
    """`requests`: to agencies, own registers first. `questions`: to the citizen. `lacking`: figures nobody has."""

    requests: tuple[Request, ...]
    questions: tuple[Question, ...]
    lacking: tuple[str, ...]

    @property
    def days(self) -> int:
        """How long the slowest agency takes."""
        return max((request.days for request in self.requests), default=0)

    def as_json(self) -> dict[str, Any]:
        """Plain values for machines and forms."""
        found: dict[str, Any] = _plain(asdict(self))
        return {**found, "days": self.days}


def make_plan(outcomes: Iterable[tuple[Edition, Outcome]]) -> Plan:
    """What to get so that open outcomes are decided; decided ones ask for nothing."""
    wanted, lacking = wanted_of(outcomes)
    return Plan(requests_of(wanted), questions_of(wanted), tuple(lacking))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return as_json(value)
