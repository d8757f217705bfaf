"""Registration at a place of living."""

from __future__ import annotations

from typing import Any

from kazna.contexts.integration.public import AnswerGiven, RegistrationAnswered, ResidenceReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.statements.agency_answers import asked_person, record_answer

WHO = "Гражданин"


def record_residence(desk: Desk, told: ResidenceReported) -> None:
    """The home since the day of the move; it lasts until the next one."""
    card = desk.by_snils(told.snils, WHO)
    place = told.residence
    desk.alive_on(card, told.moved_on, WHO)
    value = {"region": place.region, "oktmo": place.oktmo, "address": place.text, "permanent": True}
    desk.put("person.residence", card.person_id, told.moved_on, value, thing=told.moved_on.isoformat())


def record_registration(desk: Desk, told: RegistrationAnswered) -> None:
    """What the ministry answered about registration; «not registered» is an answer too."""
    card = asked_person(desk, None)
    topic = "living" if told.is_permanent else "staying"
    record_answer(desk, AnswerGiven(told.request_id, topic, None, desk.on, told.residence is not None))
    if told.residence is None or told.period is None:
        return
    since, place = told.period.start, told.residence
    desk.alive_on(card, since, WHO)
    value: dict[str, Any] = {"region": place.region, "oktmo": place.oktmo, "address": place.text}
    if told.is_permanent:
        value["permanent"] = True
        desk.put("person.residence", card.person_id, since, value, thing=since.isoformat())
    else:
        desk.put("person.stay", card.person_id, since, value, valid_to=told.period.end, thing=since.isoformat())
