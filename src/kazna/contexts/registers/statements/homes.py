"""Registration at a place of living."""

from __future__ import annotations

from kazna.contexts.integration.public import ResidenceReported
from kazna.contexts.registers.desk import Desk

WHO = "Гражданин"


def record_residence(desk: Desk, told: ResidenceReported) -> None:
    """The home since the day of the move; it lasts until the next one."""
    card = desk.by_snils(told.snils, WHO)
    place = told.residence
    desk.alive_on(card, told.moved_on, WHO)
    value = {"region": place.region, "oktmo": place.oktmo, "address": place.text, "permanent": True}
    desk.put("person.residence", card.person_id, told.moved_on, value, thing=told.moved_on.isoformat())
