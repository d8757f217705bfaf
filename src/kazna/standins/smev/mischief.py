"""What the server does wrong on purpose; by a seed, so that a bad day can be lived again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from random import Random
from typing import Any

from kazna.kernel.errors import DomainError


class OrderUnknown(DomainError):
    sentence = "Указание серверу СМЭВ не понято: {what}."


@dataclass(slots=True)
class Mischief:
    """Shares of messages, 0 to 1. Delays are counted in rounds: a round ends when a system's queue looks empty.

    `force`: faults to give to the next calls, by call ("SendRequest": ["StaleMessageId"]).
    `hide_ack`: Ack is done but its answer is lost, as on a broken connection; `hide_send`: the same for sending.
    """

    seed: int = 1
    lose: float = 0
    double: float = 0
    delay: float = 0
    delay_rounds: int = 2
    reorder: float = 0
    reject: float = 0
    spoil: float = 0
    slow_seconds: float = 0
    hide_ack: float = 0
    hide_send: float = 0
    lease_seconds: float = 0
    queue_capacity: int = 100_000
    attachment_bytes: int = 5 * 1024 * 1024
    force: dict[str, list[str]] = field(default_factory=dict)
    denied: list[str] = field(default_factory=list)  # mnemonics that may not send

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    def change(self, told: dict[str, Any]) -> None:
        """Raises OrderUnknown and then changes nothing."""
        known = {each.name: each.type for each in fields(self)}
        if unknown := sorted(set(told) - set(known)):
            raise OrderUnknown(what=", ".join(unknown))
        for name, value in told.items():
            setattr(self, name, value)

    def chance(self, number: int, what: str) -> float:
        """Between 0 and 1, the same for the same message of the same seed."""
        return Random(f"{self.seed}/{number}/{what}").random()

    def forced(self, call: str) -> str | None:
        waiting = self.force.get(call)
        return waiting.pop(0) if waiting else None
