"""Families with many children as a region states them."""

from __future__ import annotations

from kazna.contexts.integration.public import LargeFamilyReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.statements.agency_answers import asked_person
from kazna.contexts.registers.statements.further_incomes import know_inn

PARENT = "Родитель"


def record_large_family(desk: Desk, told: LargeFamilyReported) -> None:
    """The parent's status; who the children are follows from their birth records, not from a list of names."""
    if desk.subject_id:
        asked_person(desk, told.parent)
    if not desk.open_act(told.act):
        return
    card = desk.find_or_enter(told.parent, PARENT)
    desk.alive_on(card, told.stated_on, PARENT)
    desk.put("status.large_family", card.person_id, told.stated_on, {"certificate": None}, thing=f"{desk.thing}/status")
    know_inn(desk, card, told.parent)
