"""The door of programmes: what people undertake for a measure, how it goes, what comes of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kazna.contexts.programmes import queries
from kazna.contexts.programmes.actions.agree_programme import decline_programme, draft_programme, sign_programme
from kazna.contexts.programmes.actions.end_programme import finish_programme, propose_break, settle_break
from kazna.contexts.programmes.actions.follow_programme import file_report, look_at_report
from kazna.contexts.programmes.actions.request_programme import request_programme
from kazna.contexts.programmes.actions.watch_family import note_check
from kazna.contexts.programmes.contracts import (
    AnotherOfficerNeeded,
    CheckView,
    NewStep,
    NoProgramme,
    ProgrammeMoved,
    ProgrammeNotFound,
    ProgrammeOpen,
    ProgrammeRefused,
    ProgrammeState,
    ProgrammeView,
    ReportView,
    StepView,
    Terms,
)
from kazna.contexts.programmes.terms import terms_of, titles

__all__ = [
    "AnotherOfficerNeeded",
    "CheckView",
    "NewStep",
    "NoProgramme",
    "ProgrammeMoved",
    "ProgrammeNotFound",
    "ProgrammeOpen",
    "ProgrammeRefused",
    "ProgrammeState",
    "ProgrammeView",
    "ReportView",
    "StepView",
    "Terms",
    "decline_programme",
    "draft_programme",
    "file_report",
    "finish_programme",
    "look_at_report",
    "note_check",
    "programme",
    "programmes_of",
    "propose_break",
    "queue",
    "request_programme",
    "settle_break",
    "sign_programme",
    "terms_of",
    "titles",
]


def programme(*, programme_id: UUID) -> ProgrammeView:
    """One programme with its steps, reports and checks. Raises ProgrammeNotFound."""
    return queries.programme(programme_id)


def programmes_of(*, person_id: UUID) -> list[ProgrammeView]:
    """Programmes of a person, the newest first, without their parts."""
    return queries.of_person(person_id)


def queue(
    *, body: str, state: ProgrammeState, late: bool = False, limit: int = 50, after: tuple[date, UUID] | None = None
) -> list[ProgrammeView]:
    """Programmes of a body in a state, the oldest request first; `after`: (requested_on, id) of the last shown."""
    return queries.of_body(body, state, late=late, limit=limit, after=after)
