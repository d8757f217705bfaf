"""Statistical disclosure control: no cell under five people, and none that can be found by subtraction.

Totals are published by region only, so a left-out cell could be found from nothing but the other cells of its region:
there a single left-out cell, or several of fewer than five facts together, takes the smallest cell left with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

SMALLEST = 5
Row = dict[str, Any]


def split(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Cells that may be published and those that are left out."""
    kept, hidden = [], []
    for cells in _by_region(rows).values():
        gone = [one for one in cells if one["people"] < SMALLEST]
        left = sorted(
            (one for one in cells if one["people"] >= SMALLEST), key=lambda one: (one["facts"], one["people"])
        )
        while left and gone and not _is_hidden_well(gone):
            gone.append(left.pop(0))
        kept += left
        hidden += gone
    order = {id(one): place for place, one in enumerate(rows)}
    return sorted(kept, key=lambda one: order[id(one)]), sorted(hidden, key=lambda one: order[id(one)])


def totals(rows: list[Row], hidden: list[Row]) -> list[Row]:
    """Facts and money of each region, hidden cells included; none where nothing may be said. People are not added up:
    one person may stand in several cells."""
    gone = _by_region(hidden)
    return [
        {"region": region, "msz": "", "form": "", "people": None, "facts": sum(one["facts"] for one in cells),
         "amount_kopecks": sum(one["amount_kopecks"] for one in cells)}
        for region, cells in _by_region(rows).items()
        if len(gone.get(region, ())) < len(cells)
    ]  # fmt: skip


def _is_hidden_well(gone: list[Row]) -> bool:
    return len(gone) > 1 and sum(one["facts"] for one in gone) >= SMALLEST


def _by_region(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["region"]].append(row)
    return dict(found)
