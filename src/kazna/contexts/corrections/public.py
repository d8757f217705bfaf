"""The door of corrections: a person calls a fact wrong, follows what becomes of it; an officer answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kazna.contexts.corrections import queries
from kazna.contexts.corrections.actions.file_correction import file_correction
from kazna.contexts.corrections.actions.settle_correction import keep_fact
from kazna.contexts.corrections.contracts import (
    TERM_DAYS,
    AnswerNeeded,
    ClaimMissing,
    CorrectionNotOpen,
    CorrectionView,
    FactNotThere,
)
from kazna.events.cause import Cause

__all__ = [
    "TERM_DAYS",
    "AnswerNeeded",
    "ClaimMissing",
    "CorrectionNotOpen",
    "CorrectionView",
    "FactNotThere",
    "correction",
    "file",
    "keep",
    "of_person",
    "waiting",
]


def file(*, fact_id: UUID, asked_by: UUID, claim: str, on: date, cause: Cause) -> UUID:
    """Call a fact wrong; its id. A fact called wrong twice is one correction while the first is open.

    Raises ClaimMissing, FactNotThere.
    """
    return file_correction(fact_id=fact_id, asked_by=asked_by, claim=claim, on=on, cause=cause)


def keep(*, correction_id: UUID, reason: str, by: str, on: date, cause: Cause) -> None:
    """An officer (`by`, a login) answers that the fact is right. Raises AnswerNeeded, CorrectionNotOpen."""
    keep_fact(correction_id=correction_id, reason=reason, by=by, on=on, cause=cause)


def of_person(*, person_id: UUID, limit: int = 100) -> list[CorrectionView]:
    """About the person or asked by the person, the newest first."""
    return queries.of_person(person_id, limit)


def waiting(
    *, limit: int = 50, after: tuple[date, UUID] | None = None, territory: str | None = None
) -> list[CorrectionView]:
    """Open ones, the nearest term first; `after`: (due_on, correction_id) of the last shown.

    `territory`: those of it and those whose place is not known, as an officer of it sees them.
    """
    return queries.waiting(limit, after, territory)


def correction(*, correction_id: UUID) -> CorrectionView:
    """One of them, open or not. Raises CorrectionNotOpen."""
    return queries.one(correction_id)
