"""The tree of an expression as it was written, before names and types are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tree:
    """One construct.

    `kind`: number, rub, date, text, bool, name, call, aggregate, keyed, at, and, or, not, compare,
    between, in, known, otherwise, if, +, -, *, /. `value`: the literal, the name, the sign, the function.
    `position`: offset of the sign or word that names the construct.
    """

    kind: str
    position: int
    children: tuple[Tree, ...] = ()
    value: Fraction | date | str | bool | None = None

    def names(self) -> Iterator[Tree]:
        """Every name written in the tree, in reading order."""
        if self.kind in ("name", "keyed"):
            yield self
        for child in self.children:
            yield from child.names()

    def word(self) -> str:
        """The name, sign or function this construct carries."""
        assert isinstance(self.value, str)
        return self.value
