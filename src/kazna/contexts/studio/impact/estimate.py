"""From pairs to figures: how much more changed for those who got it, with an interval, a balance and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kazna.contexts.studio.impact.families import OUTCOMES, TRAITS, Columns, Families
from kazna.contexts.studio.impact.matching import pairs
from kazna.contexts.studio.scenarios.guarding import shown

LEAST_PAIRS, FEW_PAIRS = 20, 100
UNALIKE = 0.1  # standardised difference above which groups are not alike: Austin 2009
MOST_ALONE = 0.1  # of those who got it without a likeness
DRAWS, SURE = 1000, (2.5, 97.5)
SHARES = {"work", "poverty"}


def estimate(territories: Sequence[Families]) -> dict[str, Any]:
    """Families of one or more territories, each matched within itself, as figures fit to be shown.

    No effect is told by fewer than LEAST_PAIRS pairs; counts of fewer than five families are None.
    """
    met = [(one, *pairs(one)) for one in territories]
    got = sum(int(one.got.sum()) for one in territories)
    number = sum(left.size for _, left, _ in met)
    told: dict[str, Any] = {
        "got": shown(got), "others": shown(sum(int((~one.got).sum()) for one in territories)),
        "unknown": shown(sum(one.unknown[0] for one in territories)), "pairs": _apart(number, got),
        "alone": shown(got - number), "outcomes": [], "balance": [], "doubts": [],
    }  # fmt: skip
    if number < LEAST_PAIRS:
        return told | {"doubts": ["no_pairs"]}
    first, second = ([np.concatenate(side) for side in _sides(met, place)] for place in (1, 2))
    told["outcomes"] = _outcomes(first, second, _plain(territories))
    told["balance"] = _balance(territories, first[0], second[0])
    told["doubts"] = _doubts(told, number, got)
    return told


def _apart(number: int, got: int) -> int | None:
    """The number of pairs; in tens where the exact one would tell how few are without a likeness."""
    return shown(number if shown(got - number) is not None else number // 10 * 10)


def _sides(met: Sequence[tuple[Any, ...]], place: int) -> list[list[Columns]]:
    """Traits, before and after of one side of the pairs, a block per territory."""
    return [[getattr(found[0], name)[found[place]] for found in met] for name in ("traits", "before", "after")]


def _plain(territories: Sequence[Families]) -> Columns:
    """What one would say without care: those who got it against all others, afterwards."""
    got = np.concatenate([one.after[one.got] for one in territories]).mean(axis=0)
    plain: Columns = got - np.concatenate([one.after[~one.got] for one in territories]).mean(axis=0)
    return plain


def _outcomes(first: list[Columns], second: list[Columns], plain: Columns) -> list[dict[str, Any]]:
    change = (first[2] - first[1]) - (second[2] - second[1])
    low, high = _interval(change)
    rows = []
    for place, key in enumerate(OUTCOMES):
        levels = {
            name: _level(side[when][:, place], key)
            for name, side, when in (
                ("got_before", first, 1), ("got_after", first, 2), ("like_before", second, 1), ("like_after", second, 2)
            )
        }  # fmt: skip
        effect = {"effect": change[:, place].mean(), "low": low[place], "high": high[place], "plain": plain[place]}
        rows.append({"key": key, **levels, **{name: _rounded(float(value), key) for name, value in effect.items()}})
    return rows


def _interval(change: Columns) -> tuple[Columns, Columns]:
    """Whole pairs drawn again and again: between which means nineteen samples of twenty lie."""
    random = np.random.default_rng(20_260_102)
    number = len(change)
    means = np.stack([change[random.integers(number, size=number)].mean(axis=0) for _ in range(DRAWS)])
    low, high = np.percentile(means, SURE, axis=0)
    return low, high


def _level(values: Columns, key: str) -> float | None:
    """A mean; hidden where it would tell of fewer than five families."""
    if key in SHARES:
        inside = int((values > 0).sum())
        if shown(inside) is None or shown(len(values) - int((values >= 1).sum())) is None:
            return None
    return _rounded(float(values.mean()), key)


def _rounded(value: float, key: str) -> float:
    """Shares to a tenth of a percent, counts to a hundredth, money to a rouble."""
    return round(value, 3 if key in SHARES else 2 if key == "other" else 0)


def _balance(territories: Sequence[Families], first: Columns, second: Columns) -> list[dict[str, Any]]:
    """Standardised differences of means by trait: of everybody, and of the pairs."""
    got = np.concatenate([one.traits[one.got] for one in territories])
    others = np.concatenate([one.traits[~one.got] for one in territories])
    spread = np.sqrt((got.var(axis=0) + others.var(axis=0)) / 2)
    spread[spread == 0] = 1
    before = (got.mean(axis=0) - others.mean(axis=0)) / spread
    after = (first.mean(axis=0) - second.mean(axis=0)) / spread
    return [
        {"key": key, "before": round(float(before[place]), 2), "after": round(float(after[place]), 2)}
        for place, key in enumerate(TRAITS)
    ]


def _doubts(told: dict[str, Any], number: int, got: int) -> list[str]:
    found = {
        "few_pairs": number < FEW_PAIRS,
        "alone": got - number > MOST_ALONE * got,
        "unalike": any(abs(row["after"]) > UNALIKE for row in told["balance"]),
    }
    return [name for name, holds in found.items() if holds]
