"""Parts of a card as people write them in one line: criteria of need, steps of the procedure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Card = dict[str, Any]
LONG_AGO = "2020-01-01"  # a criterion without a day holds from before any fact that is still loaded


def criteria_of(text: str) -> list[Card]:
    """ "100:1.5:2026-01-01, 200" → code, coefficient of the subsistence minimum, day it holds from."""
    found = []
    for one in text.split(","):
        code, coefficient, day = (*(part.strip() for part in one.split(":")), "", "")[:3]
        if code:
            found.append({"code": code, "from": day or LONG_AGO, "coefficient": coefficient})
    return found


def criteria_said(criteria: Iterable[Card]) -> str:
    """The same line back; the day that means «always» is left out."""
    told = []
    for one in criteria:
        day = str(one.get("from", ""))[:10].replace(LONG_AGO, "")
        told.append(f"{one.get('code', '')}:{one.get('coefficient') or ''}:{day}".rstrip(":"))
    return ", ".join(told)


def numbered(steps: Iterable[Card]) -> list[Card]:
    """Steps in the order they stand, numbered from one; a step is told in short and, when nothing is added, so."""
    return [
        {"stepNumber": str(n), "stepH": step["stepH"], "stepDescr": step.get("stepDescr") or step["stepH"]}
        for n, step in enumerate((one for one in steps if one.get("stepH")), 1)
    ]
