"""Figures of vitrines: the answer of one holder about one person on one day is one fact."""

from __future__ import annotations

from kazna.contexts.integration.public import FiguresAnswered
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.statements.agency_answers import asked_person
from kazna.contexts.registers.vitrines import VITRINES

KINDS = {(vitrine.agency, vitrine.topic): kind for kind, vitrine in VITRINES.items()}


def record_figures(desk: Desk, told: FiguresAnswered) -> None:
    """From the day of the answer on; a later answer is a later fact."""
    card = asked_person(desk, told.person)
    kind = KINDS[desk.source, told.topic]
    desk.put(kind, card.person_id, told.as_of, dict(told.figures), thing=told.as_of.isoformat())
