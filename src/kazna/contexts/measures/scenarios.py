"""The short quiz: from what happened in a life to the measures worth applying for, by data alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from kazna.contexts.measures import library as law
from kazna.kernel.places import LAW


@dataclass(frozen=True, slots=True)
class Scenario:
    """What happened, and the measures whose passports name it, in the order of the catalogue."""

    id: str
    title: str
    measures: tuple[str, ...]


@cache
def scenarios() -> tuple[Scenario, ...]:
    """In the order of law/scenarios.yaml, by the law in force."""
    told = yaml.safe_load((LAW / "scenarios.yaml").read_text(encoding="utf-8"))["scenarios"]
    return tuple(_scenario(one) for one in told)


def _scenario(told: dict[str, object]) -> Scenario:
    events, named = set(told.get("events") or ()), set(told.get("measures") or ())  # type: ignore[call-overload]
    found = [
        measure
        for measure, editions in law.current().measures.items()
        if measure in named or events & set(editions[-1].document["passport"].get("events", ()))
    ]
    return Scenario(str(told["id"]), str(told["title"]), tuple(found))
