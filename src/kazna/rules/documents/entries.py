"""A YAML value that remembers where it stands, so that every error can point at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from kazna.rules.problems import Place

Spot = tuple[str, Any]  # the file and the parser's mark: most places are never asked for
NO_KEYS: Mapping[str, Spot] = MappingProxyType({})
Scalar = None | bool | int | Decimal | date | str


def place_of(spot: Spot) -> Place:
    return Place(spot[0], spot[1].line + 1, spot[1].column + 1)


class Entry:
    """`value`: a scalar, a dict of Entry or a list of Entry. `raw`: the scalar as it stands in the file.

    `size`: how many values it holds, aliases counted each time (a guard against YAML bombs).
    """

    __slots__ = ("_at", "_keys", "_places", "raw", "size", "value")

    def __init__(
        self, value: Any, at: Spot, raw: str = "", *, keys: Mapping[str, Spot] = NO_KEYS, size: int = 1
    ) -> None:
        self.value, self._at, self.raw = value, at, raw
        self._keys, self.size = keys, size
        self._places: dict[str, Place] | None = None

    @property
    def place(self) -> Place:
        return place_of(self._at)

    @property
    def key_places(self) -> Mapping[str, Place]:
        """Where each key stands; made when first asked for."""
        if self._places is None:
            self._places = {key: place_of(spot) for key, spot in self._keys.items()}
        return self._places

    @property
    def is_map(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        return isinstance(self.value, list)

    def items(self) -> list[tuple[str, Entry]]:
        return list(self.value.items()) if self.is_map else []

    def parts(self) -> list[Entry]:
        return list(self.value) if self.is_list else []

    def get(self, key: str) -> Entry | None:
        """The entry under a key; None when it is absent or null."""
        found = self.value.get(key) if self.is_map else None
        return found if found is not None and found.value is not None else None

    def plain(self) -> Any:
        """The value without places: dicts, lists and scalars (numbers with a point are Decimal)."""
        if self.is_map:
            return {key: part.plain() for key, part in self.value.items()}
        return [part.plain() for part in self.value] if self.is_list else self.value

    def place_inside(self, offset: int) -> Place:
        """Where the character `offset` of a text value stands in the file.

        Folding of lines and quoting change only white space and quotes, so the place is found by
        counting the characters that are neither.
        """
        wanted = sum(1 for sign in str(self.value)[:offset] if not sign.isspace())
        line, column = self.place.line, self.place.column
        skip = self._header()
        for index, sign in enumerate(self.raw):
            if index >= skip and not sign.isspace():
                if wanted == 0:
                    break
                wanted -= 1
            line, column = (line + 1, 1) if sign == "\n" else (line, column + 1)
        return Place(self.place.file, line, column)

    def _header(self) -> int:
        """Length of what stands before the text itself: a quote, or the first line of a block."""
        if self.raw[:1] in ("|", ">"):
            return self.raw.find("\n") + 1
        return 1 if self.raw[:1] in ('"', "'") and self.raw[:1] == self.raw[-1:] else 0
