"""A piece of Python source with the denominator of the number it gives."""

from __future__ import annotations

from math import lcm
from typing import NamedTuple


class Text(NamedTuple):
    """`code` gives the value times `parts` (an int, or a Fraction when `parts` is 1).

    `divisor`: code of a positive whole number the value is still to be divided by.
    """

    code: str
    parts: int = 1
    is_int: bool = True
    divisor: str | None = None

    def over(self, parts: int) -> str:
        return self.code if parts == self.parts else f"({self.code}) * {parts // self.parts}"


def aligned(one: Text, other: Text) -> tuple[str, str, int]:
    """Both over one denominator, and that denominator."""
    parts = lcm(one.parts, other.parts)
    return one.over(parts), other.over(parts), parts
