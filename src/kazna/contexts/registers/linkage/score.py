"""The learned model applied to two records at once, without DuckDB: the same weights for one person as for a file.

The conditions of the model are a closed list; a model learned anew with another condition is refused at loading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

from kazna.contexts.registers.linkage.pair import ASK_WEIGHT, COMPARED, SURE_WEIGHT, Pair, are_strangers

EXPECTED_SHARE = 0.05  # of people who stand in the register twice
LEAST_RECORDS = 100
LEARNED = Path(__file__).with_name("learned.json")
Record = Mapping[str, str | None]  # plain names, birth_date as ISO text, sex, document, snils, address
Condition = Callable[[Record, Record], bool]


@dataclass(frozen=True, slots=True)
class Shares:
    """How common names are: (part, plain name) → share of records; None when nobody has counted them yet.

    `records`: how many stand in the register. A name met for the first time is as rare as a name can be.
    """

    records: int
    of_names: Mapping[tuple[str, str], float] | None

    def rarity(self, part: str, one: str, other: str, common: float) -> float:
        """Bits that an agreement on this name weighs more, or less, than an agreement on a usual one."""
        if self.of_names is None:
            return 0.0
        rarest = 1 / max(self.records, LEAST_RECORDS)
        return log2(common / max(self.of_names.get((part, name), rarest) for name in (one, other)))


@dataclass(frozen=True, slots=True)
class Level:
    """`weight` in bits; `common`: u of the exact match, when a rarer name weighs more."""

    holds: Condition
    weight: float
    common: float | None


def _near(column: str) -> Condition:
    return lambda a, b: JaroWinkler.similarity(a[column] or "", b[column] or "") >= 0.9


def _one_digit_off(a: Record, b: Record) -> bool:
    return Levenshtein.distance(a["document"] or "", b["document"] or "", score_cutoff=1) == 1


def _one_digit_off_or_two_swapped(a: Record, b: Record) -> bool:
    return DamerauLevenshtein.distance(a["snils"] or "", b["snils"] or "", score_cutoff=1) == 1


def _same(column: str) -> Condition:
    return lambda a, b: a[column] == b[column]


def _swapped(a: Record, b: Record) -> bool:
    one, other = a["birth_date"] or "", b["birth_date"] or ""
    return one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]


def _same_month(a: Record, b: Record) -> bool:
    return (a["birth_date"] or "")[:7] == (b["birth_date"] or "")[:7]


def _same_day_of_year(a: Record, b: Record) -> bool:
    return (a["birth_date"] or "")[5:] == (b["birth_date"] or "")[5:]


def _always(a: Record, b: Record) -> bool:
    return True


CONDITIONS: dict[str, Condition] = {
    "ELSE": _always,
    **{f'"{name}_l" = "{name}_r"': _same(name) for name in (*COMPARED, "sex")},
    **{
        f'jaro_winkler_similarity("{name}_l", "{name}_r") >= 0.9': _near(name)
        for name in ("surname", "forename", "patronymic")
    },
    "levenshtein(document_l, document_r) = 1": _one_digit_off,
    "damerau_levenshtein(snils_l, snils_r) = 1": _one_digit_off_or_two_swapped,
    "sex_l = 'F' AND sex_r = 'F'": lambda a, b: a["sex"] == b["sex"] == "F",
    "left(birth_date_l, 4) = left(birth_date_r, 4) AND substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2)"
    " AND substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)": _swapped,
    "left(birth_date_l, 7) = left(birth_date_r, 7)": _same_month,
    "substr(birth_date_l, 6) = substr(birth_date_r, 6)": _same_day_of_year,
}  # fmt: skip


@lru_cache(maxsize=1)
def model() -> dict[str, list[Level]]:
    """Comparisons of the learned model: column → levels, the closest first; the last one always holds."""
    learned = json.loads(LEARNED.read_text("utf-8"))
    return {
        comparison["output_column_name"]: [
            _level(level) for level in comparison["comparison_levels"] if not level.get("is_null_level")
        ]
        for comparison in learned["comparisons"]
    }


def _level(told: Mapping[str, Any]) -> Level:
    m, u = told["m_probability"], told["u_probability"]
    return Level(
        holds=CONDITIONS[told["sql_condition"]],
        weight=log2(m / u),
        common=u if told.get("tf_adjustment_column") else None,
    )


def weigh(one: Record, other: Record, shares: Shares) -> Pair:
    """How likely two records are one person; `verdict` "same", "ask" or, below that, "new"."""
    prior = 2 * EXPECTED_SHARE / max(shares.records, LEAST_RECORDS)
    weight = log2(prior / (1 - prior))
    gammas: dict[str, int] = {}
    for column, levels in model().items():
        if not one[column] or not other[column]:
            gammas[column] = -1
            continue
        place = next(place for place, level in enumerate(levels) if level.holds(one, other))
        level, gammas[column] = levels[place], len(levels) - 1 - place
        weight += level.weight
        if level.common is not None:
            weight += shares.rarity(column, one[column] or "", other[column] or "", level.common)
    compared = {name: gammas[name] for name in COMPARED}
    return Pair(
        first=str(one["id"]),
        second=str(other["id"]),
        weight=round(weight, 1),
        verdict=_verdict(weight, compared),
        agrees=tuple(name for name, gamma in compared.items() if gamma == COMPARED[name]),
        differs=tuple(name for name, gamma in compared.items() if gamma not in (COMPARED[name], -1)),
    )


def _verdict(weight: float, gammas: Mapping[str, int]) -> Any:
    if are_strangers(gammas) or weight < ASK_WEIGHT:
        return "new"
    return "same" if weight >= SURE_WEIGHT and gammas["snils"] != 1 else "ask"
