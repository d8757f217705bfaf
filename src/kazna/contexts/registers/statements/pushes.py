"""What a holder sends about a person without being asked: the person, then the same statements as in an answer."""

from __future__ import annotations

from kazna.contexts.integration.public import PersonTold
from kazna.contexts.registers.desk import Desk

WHO = "Гражданин"


def record_person_told(desk: Desk, told: PersonTold) -> None:
    """What follows is about this person as of the day. Nobody is entered by it: an unknown person is refused."""
    card = desk.find(told.person, WHO)
    if card is None:
        raise desk.refusal("person_unknown", WHO, who=WHO)
    desk.subject_id, desk.on, desk.is_unasked = card.person_id, told.told_on, True
