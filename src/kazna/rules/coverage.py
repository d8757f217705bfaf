"""How the examples of an edition try its conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kazna.rules.edition import Edition
from kazna.rules.examples import ExampleResult


@dataclass(frozen=True, slots=True)
class Covered:
    """In how many examples the condition holds, fails, stays unknown; `alone`: fails as the only reason."""

    id: str
    title: str
    yes: int
    no: int
    unknown: int
    alone: int

    @property
    def is_tried(self) -> bool:
        """Both sides are shown: once the only reason of a refusal, once fulfilled."""
        return self.alone > 0 and self.yes > 0


def coverage(edition: Edition, results: Iterable[ExampleResult]) -> list[Covered]:
    """One row per condition, in the order of the document."""
    outcomes = [result.outcome for result in results if result.outcome is not None]
    answers = [{one.id: one.answer for one in outcome.conditions} for outcome in outcomes]
    failed = [[identity for identity, answer in one.items() if answer == "no"] for one in answers]
    return [
        Covered(
            id=condition.id,
            title=condition.title,
            yes=sum(one.get(condition.id) == "yes" for one in answers),
            no=sum(one.get(condition.id) == "no" for one in answers),
            unknown=sum(one.get(condition.id) == "unknown" for one in answers),
            alone=sum(one == [condition.id] for one in failed),
        )
        for condition in edition.measure.conditions
    ]
