"""The door of administration: changes by two people, bodies and territories, settings with their history."""

from __future__ import annotations

from datetime import datetime

from kazna.contexts.administration.changes import propose, settle, view, withdraw
from kazna.contexts.administration.contracts import (
    DUTIES,
    ROLES,
    AnotherPersonNeeded,
    BodyView,
    ChangeAlreadyWaits,
    ChangeNotOpen,
    ChangeRefused,
    ChangeView,
    Settled,
)
from kazna.contexts.administration.models import Body, Change, Territory
from kazna.contexts.cases import public as _cases  # noqa: F401  what they tune is declared when they are read
from kazna.contexts.notifications import public as _notifications  # noqa: F401
from kazna.plumbing import tunables
from kazna.plumbing.tunables import TUNABLES, Past, Tunable

__all__ = [
    "DUTIES",
    "ROLES",
    "TUNABLES",
    "AnotherPersonNeeded",
    "BodyView",
    "ChangeAlreadyWaits",
    "ChangeNotOpen",
    "ChangeRefused",
    "ChangeView",
    "Past",
    "Settled",
    "Tunable",
    "bodies",
    "history",
    "propose",
    "setting",
    "settle",
    "settled",
    "territories",
    "waiting",
    "withdraw",
]


def waiting() -> list[ChangeView]:
    """Changes that wait for a second person, the oldest first."""
    return [view(row) for row in Change.objects.filter(state=Change.State.WAITING).order_by("proposed_at", "id")]


def settled(*, limit: int = 50, before: datetime | None = None, target: str = "") -> list[ChangeView]:
    """Settled changes, the newest first; `before`: the moment of the last one shown; `target`: one thing only."""
    found = Change.objects.exclude(state=Change.State.WAITING)
    found = found.filter(target=target) if target else found
    found = found.filter(proposed_at__lt=before) if before else found
    return [view(row) for row in found.order_by("-proposed_at")[:limit]]


def bodies() -> list[BodyView]:
    """All bodies by code, closed ones too."""
    return [BodyView(row.code, row.title, row.territory, row.is_active) for row in Body.objects.order_by("code")]


def territories() -> dict[str, str]:
    """Code → title."""
    return dict(Territory.objects.order_by("code").values_list("code", "title"))


def setting(name: str) -> int:
    """The present value of a whole-number setting."""
    return int(tunables.value(name))


def history(name: str) -> list[Past]:
    """Values a setting had, the newest first."""
    return tunables.history(name)
