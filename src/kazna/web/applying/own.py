"""Whose application it is and from where it is filled."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.journal import note_look


def channel_of(request: HttpRequest) -> str:
    """A citizen's is the cabinet; an officer says whether the person is here or sent a paper."""
    if request.viewer.role == "citizen":
        return "cabinet"
    return "paper" if request.session.get("apply_channel") == "paper" else "front_office"


def seen(request: HttpRequest, application_id: UUID) -> cases.applications.ApplicationView:
    """The application; 404 unless it is the viewer's, a ward's or of the officer's body. An officer's look is noted."""
    try:
        found = cases.applications.application(application_id=application_id)
    except cases.applications.ApplicationNotFound:
        raise Http404 from None
    viewer = request.viewer
    if viewer.role == "citizen" and found.recipient_id not in viewer.person_ids:  # who filed for a ward, once did
        raise Http404
    if viewer.role == "officer":
        note_look(request, found.recipient_id, "Заявление")
    return found


def title_of(measure: str) -> str:
    card = measures.measure(measure)
    return card.short_title if card else measure


def names_of(found: cases.applications.ApplicationView) -> dict[UUID, str]:
    cards = registers.cards({found.recipient_id, found.subject_id, found.filed_by})
    return {person_id: card.full_name for person_id, card in cards.items()}


def family_of(person_id: UUID) -> list[UUID]:
    """Children whom the person may apply for, by the register."""
    return [tie.person_id for tie in registers.ward_ties(person_id, clock.today()) if tie.is_child]
