"""That an agency answered our question, and that the answer is about the person asked about."""

from __future__ import annotations

from datetime import timedelta

from kazna.contexts.integration.public import AnswerGiven, PersonRef
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card

WHO = "Гражданин"


def record_answer(desk: Desk, told: AnswerGiven) -> None:
    """The holder answered, and whether it knows anything; what it knows comes as statements of their own."""
    card = asked_person(desk, told.person)
    day = told.answered_on or desk.on
    value = {"topic": told.topic, "present": told.is_present}
    thing = f"{told.topic}/{day}"
    desk.put("agency.answer", card.person_id, day, value, valid_to=day + timedelta(days=1), thing=thing)


def asked_person(desk: Desk, told: PersonRef | None) -> Card:
    """The person our question was about. Refuses an answer that names another by СНИЛС or birth date."""
    card = desk.asked_about(WHO)
    if told and told.snils and card.snils and told.snils != card.snils:
        raise desk.refusal("answer_other_person", WHO, field="СНИЛС")
    if told and told.birth_date and card.birth_date and told.birth_date != card.birth_date:
        raise desk.refusal("answer_other_person", WHO, field="дата рождения")
    return card
