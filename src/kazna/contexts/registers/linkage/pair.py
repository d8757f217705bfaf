"""Two records that may be one person, and the reason in words for an officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "ask"]

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
