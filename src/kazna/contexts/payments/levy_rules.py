"""What may be withheld by enforcement documents, from which measures and in which order.

The law is data: `law/levy.yaml`, with the acts. A measure that is named nowhere there is not levied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from kazna.kernel.places import LAW


@dataclass(frozen=True, slots=True)
class Act:
    """A place in the law as people read it; `is_verified`: its text was read."""

    words: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of claim: its turn (1–4), the largest part of an income in percent, whether the minimum is kept."""

    code: str
    title: str
    queue: int
    percent: int
    keeps_minimum: bool
    laws: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Income:
    """Measures that are levied alike; `only`: by these claims alone (empty: by all)."""

    code: str
    title: str
    only: frozenset[str]
    measures: tuple[str, ...]
    laws: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Minimum:
    """Parameters of the living minimum: of the country, and of a region by the debtor's group."""

    federal: str
    groups: Mapping[str, str]
    law: Act


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole file. `together`: the largest part all withholdings may take, percent, where no claim allows more."""

    claims: Mapping[str, Claim]
    incomes: tuple[Income, ...]
    protected: Mapping[str, Act]
    together: int
    minimum: Minimum
    alimony_shares: Mapping[int, tuple[int, int]]

    def income_of(self, measure: str) -> Income | None:
        """The income a measure is levied as; None: it is protected or nobody said."""
        return next((one for one in self.incomes if measure in one.measures), None)

    def why_not(self, measure: str) -> str:
        """Why a measure is not levied; empty when it is."""
        if self.income_of(measure):
            return ""
        found = self.protected.get(measure)
        return found.words if found else UNNAMED


UNNAMED = "в law/levy.yaml эта мера не названа"


@cache
def rules() -> Rules:
    """As the checkout says."""
    return read_rules(yaml.safe_load((LAW / "levy.yaml").read_text("utf-8")))


def read_rules(told: Mapping[str, Any]) -> Rules:
    """Raises ValueError when a measure is named twice: then nobody may choose."""
    acts = {code: _act(one) for code, one in told["laws"].items()}
    incomes = tuple(
        Income(code, one["title"], frozenset(one.get("only", ())), tuple(one["measures"]), _acts(acts, one))
        for code, one in told["incomes"].items()
    )
    protected = [(measure, acts[one["law"]]) for one in told["protected"] for measure in one["measures"]]
    named = [*(measure for one in incomes for measure in one.measures), *(measure for measure, _ in protected)]
    if twice := sorted({measure for measure in named if named.count(measure) > 1}):
        raise ValueError(f"named twice in law/levy.yaml: {', '.join(twice)}")
    minimum = told["minimum"]
    return Rules(
        claims={
            code: Claim(code, one["title"], one["queue"], one["percent"], one["keeps_minimum"], _acts(acts, one))
            for code, one in told["claims"].items()
        },
        incomes=incomes,
        protected=dict(protected),
        together=told["together"]["percent"],
        minimum=Minimum(minimum["federal"], minimum["groups"], acts[minimum["law"]]),
        alimony_shares={int(n): (one[0], one[1]) for n, one in told["alimony_shares"]["shares"].items()},
    )


def _act(told: Mapping[str, Any]) -> Act:
    return Act(f"{told['act']}, {told['place']}", bool(told["verified"]))


def _acts(acts: Mapping[str, Act], one: Mapping[str, Any]) -> tuple[Act, ...]:
    return tuple(acts[code] for code in one["laws"])
