"""Two-digit code of a region by its ОКТМО."""

from __future__ import annotations

import csv
from functools import cache

from kazna.kernel.places import FORMATS


def region_by_oktmo(oktmo: str | None) -> str | None:
    """The region whose ОКТМО is the longest beginning of this one; None when there is none."""
    if not oktmo:
        return None
    found = [(len(prefix), code) for prefix, code in _prefixes().items() if oktmo.startswith(prefix)]
    return max(found)[1] if found else None


@cache
def _prefixes() -> dict[str, str]:
    with (FORMATS / "classifiers" / "regions_2022-12.csv").open(encoding="utf-8", newline="") as rows:
        return {row["oktmo"].rstrip("0").ljust(2, "0"): row["code"] for row in csv.DictReader(rows) if row["oktmo"]}
