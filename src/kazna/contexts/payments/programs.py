"""Measures provided by an electronic certificate: programme, classes of goods, how long it holds.

What they are is data: `law/certificates.yaml`, with the acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from kazna.kernel.places import LAW


@dataclass(frozen=True, slots=True)
class Programme:
    """`goods`: code (15–30 characters) → name. `days`: how many days the certificate holds.

    `warn_days`: how many days before its end the holder is reminded.
    """

    code: str
    goods: dict[str, str]
    days: int
    warn_days: tuple[int, ...]


@cache
def programmes() -> dict[str, Programme]:
    """By measure."""
    told = yaml.safe_load((LAW / "certificates.yaml").read_text("utf-8"))["certificates"]
    return {
        measure: Programme(one["programme"], one["goods"], one["days"], tuple(one.get("warn_days", ())))
        for measure, one in told.items()
    }
