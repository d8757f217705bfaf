"""Effects and levels of impact as people read them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kazna.web.charts import interval
from kazna.web.typography import DASH

SHARES, MONEY = {"work", "poverty"}, {"income", "gap"}
EFFECTS, LEVELS = ("effect", "low", "high", "plain"), ("got_before", "got_after", "like_before", "like_after")


def effect(value: float, key: str) -> str:
    """«+1 850 ₽», «−2,5 п. п.», «+0,12»."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + level(abs(value), key).replace(
        "\N{NO-BREAK SPACE}%", "\N{NO-BREAK SPACE}" + _("п. п.").replace(" ", "\N{NO-BREAK SPACE}")
    )


def level(value: float | None, key: str) -> str:
    """A mean of money, share or count; a dash where it is not shown."""
    if value is None:
        return DASH
    shown = value * 100 if key in SHARES else value
    digits = 0 if key in MONEY else 1 if key in SHARES else 2
    unit = "\N{NO-BREAK SPACE}₽" if key in MONEY else "\N{NO-BREAK SPACE}%" if key in SHARES else ""
    return f"{shown:,.{digits}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",") + unit


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A row of outcomes with its picture and everything in words."""
    key = row["key"]
    return {
        "key": key, "picture": interval(row["low"], row["effect"], row["high"]),
        "may_be_nothing": row["low"] <= 0 <= row["high"],
        **{name: effect(row[name], key) for name in EFFECTS}, **{name: level(row[name], key) for name in LEVELS},
    }  # fmt: skip
