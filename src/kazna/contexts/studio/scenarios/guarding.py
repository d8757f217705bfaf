"""Disclosure control: no figure about fewer than five people is shown, nor one that could be subtracted out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LEAST = 5


def shown(number: int) -> int | None:
    """A count alone: 0 and five or more as they are, None for one to four."""
    return number if number == 0 or number >= LEAST else None


def guarded(rows: Sequence[dict[str, Any]], *, count: str = "people") -> list[dict[str, Any]]:
    """Rows that add up to a total, the small ones without figures.

    When what is hidden together is still fewer than five people, or one row alone, the next smallest is hidden too.
    """
    hidden = {place for place, row in enumerate(rows) if 0 < row[count] < LEAST}
    by_size = sorted((row[count], place) for place, row in enumerate(rows) if row[count] > 0 and place not in hidden)
    for _, place in by_size:
        if not hidden or (len(hidden) > 1 and sum(rows[one][count] for one in hidden) >= LEAST):
            break
        hidden.add(place)
    return [
        {key: (None if place in hidden and isinstance(value, (int, float)) and key != "key" else value)
         for key, value in row.items()}
        for place, row in enumerate(rows)
    ]  # fmt: skip
