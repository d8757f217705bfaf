"""Two records that may be one person, and the reason in words for an officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "ask", "new"]

SURE_WEIGHT = 22.0  # bits; at 1 M people a wrong pair this heavy is rarer than one in a thousand
ASK_WEIGHT = 4.0  # bits; below 16 to 1 an officer would see mostly strangers
COMPARED = {
    "surname": 3, "forename": 2, "patronymic": 2, "birth_date": 4, "document": 2, "snils": 2, "address": 1,
}  # fmt: skip

WORDS = {
    "surname": "фамилия", "forename": "имя", "patronymic": "отчество", "birth_date": "дата рождения",
    "document": "документ", "snils": "СНИЛС", "address": "адрес",
}  # fmt: skip
MOST_BITS = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """`weight` in bits: 10 means a thousand to one. `agrees`, `differs`: names of what was compared."""

    first: str
    second: str
    weight: float
    verdict: Verdict
    agrees: tuple[str, ...]
    differs: tuple[str, ...]


def are_strangers(gammas: Mapping[str, int]) -> bool:
    """A pair whose СНИЛС are both known and differ by more than a digit is two people, whatever else agrees.

    So are brothers and sisters born on one day: all agrees but the forename; only a common document overrules that.
    """
    if gammas["snils"] == 0:
        return True
    return gammas["forename"] == 0 and gammas["document"] < 2 and gammas["snils"] < 2


def told(pair: Pair) -> str:
    """«Совпадают: фамилия, имя. Различаются: адрес. Вероятность — больше 1000 к 1.»"""
    parts = [f"Совпадают: {', '.join(WORDS[name] for name in pair.agrees)}."] if pair.agrees else []
    if pair.differs:
        parts.append(f"Различаются: {', '.join(WORDS[name] for name in pair.differs)}.")
    return " ".join([*parts, f"Вероятность, что это один человек, — {odds(pair.weight)}."])


def odds(weight: float) -> str:
    """Bits as odds, rounded down to one digit."""
    number = int(2 ** min(weight, MOST_BITS))
    step = 10 ** (len(str(number)) - 1)
    rounded = f"{number // step * step:,}".replace(",", " ")
    return f"больше {rounded} к 1" if weight > MOST_BITS else f"около {rounded} к 1"
