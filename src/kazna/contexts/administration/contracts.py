"""What crosses the door of administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kazna.kernel.errors import DomainError

ROLES = ("officer", "methodologist", "administrator")
DUTIES = ("supervise", "payments", "appeals", "quality")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as screens show it. `kind`: account, account_close, account_open, body, body_close, territory, setting,
    agreement (with an agency), fact (of assignment, taken back).

    `state`: waiting, applied, rejected, withdrawn.
    """

    change_id: UUID
    kind: str
    target: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str
    guarded: bool
    proposed_by: str
    proposed_at: datetime
    state: str
    settled_by: str
    settled_at: datetime | None

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """What differs: name → (before, after)."""
        names = {**self.before, **self.after}
        pairs = {name: (self.before.get(name, ""), self.after.get(name, "")) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class BodyView:
    code: str
    title: str
    territory: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a change; `password` is set once, for a new account or a new system, and kept nowhere."""

    change: ChangeView
    password: str = ""


class ChangeRefused(DomainError):
    sentence = "Изменение не принято: {why}."


class ChangeNotOpen(DomainError):
    sentence = "Это изменение уже решено или отозвано. Обновите страницу."


class AnotherPersonNeeded(DomainError):
    sentence = "Своё изменение утвердить нельзя: его решит другой администратор."


class ChangeAlreadyWaits(DomainError):
    sentence = "Такое изменение для «{target}» уже ждёт второго человека. Сначала решите его."
