"""Money is whole kopecks; fractions live only inside a computation and leave it by a named rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

NARROW_SPACE = "\N{NO-BREAK SPACE}"
ROUBLES = re.compile(r"([-+]?)(\d+)(?:\.(\d{1,2})0*)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A sum in kopecks, possibly negative. Unit: 1/100 of a rouble."""

    kopecks: int

    @classmethod
    def of_roubles(cls, roubles: str) -> Money:
        """Read «12 513,75», «12513.75» or «-100»; raise ValueError on anything finer than a kopeck."""
        text = roubles.replace(" ", "").replace(NARROW_SPACE, "").replace(",", ".")
        found = ROUBLES.fullmatch(text)
        if found is None:
            raise ValueError(f"not a sum in roubles and kopecks: {roubles!r}")
        sign, whole, kopecks = found.groups()
        return cls(int(f"{sign}1") * (int(whole) * 100 + int((kopecks or "").ljust(2, "0"))))

    def __add__(self, other: Money) -> Money:
        return Money(self.kopecks + other.kopecks)

    def __sub__(self, other: Money) -> Money:
        return Money(self.kopecks - other.kopecks)

    def __neg__(self) -> Money:
        return Money(-self.kopecks)

    def __lt__(self, other: Money) -> bool:
        return self.kopecks < other.kopecks

    def __str__(self) -> str:
        return roubles_and_kopecks(self.kopecks)


def roubles_and_kopecks(kopecks: int) -> str:
    """«28 450,45 ₽»: groups of three by no-break spaces, a comma, always two digits of kopecks."""
    whole, rest = divmod(abs(kopecks), 100)
    grouped = f"{whole:,}".replace(",", NARROW_SPACE)
    return f"{'−' if kopecks < 0 else ''}{grouped},{rest:02d}{NARROW_SPACE}₽"


def decimal_roubles(kopecks: int) -> str:
    """«28450.45»: the form official formats want."""
    whole, rest = divmod(abs(kopecks), 100)
    return f"{'-' if kopecks < 0 else ''}{whole}.{rest:02d}"


def round_half_up(value: Fraction) -> int:
    """Nearest whole number, halves away from zero (the law's usual rounding of kopecks)."""
    magnitude = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -magnitude if value < 0 else magnitude


def multiplied(kopecks: int, coefficient: Fraction) -> int:
    """`round_half_up` of the product; no fraction is made of it, which for millions of sums is dear."""
    numerator, denominator = coefficient.numerator, coefficient.denominator
    product = kopecks * numerator
    magnitude = (2 * abs(product) + denominator) // (2 * denominator)
    return -magnitude if product < 0 else magnitude
