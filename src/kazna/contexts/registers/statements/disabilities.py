"""Disability by the federal register: set, changed, renewed, lifted."""

from __future__ import annotations

from kazna.contexts.integration.public import DisabilityReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.statements.agency_answers import asked_person

WHO = "Гражданин"


def record_disability(desk: Desk, told: DisabilityReported) -> None:
    """One fact per act of the examination; the next act ends the former state where it still lasts."""
    if desk.subject_id:
        asked_person(desk, told.person)
    if not desk.open_act(told.act):
        return
    card = desk.find_or_enter(told.person, WHO)
    desk.alive_on(card, told.valid_from, WHO)
    number = told.act.key.number
    if told.group is None:
        desk.put("disability.lifted", card.person_id, told.valid_from, {"act": number})
        return
    value = {
        "group": told.group,
        "from_childhood": told.is_from_childhood,
        "cause": told.cause,
        "act": number,
    }
    desk.put("disability", card.person_id, told.valid_from, value, valid_to=told.valid_to)
