"""A programme ends: its goal is reached or its time is over; or it is broken and money is asked back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.notifications import public as notifications
from kazna.contexts.programmes.actions.agree_programme import locked
from kazna.contexts.programmes.actions.watch_family import plan_checks
from kazna.contexts.programmes.contracts import AnotherOfficerNeeded, ProgrammeRefused, ProgrammeState
from kazna.contexts.programmes.letters import letter
from kazna.contexts.programmes.models import Programme
from kazna.contexts.programmes.terms import terms_of
from kazna.events.cause import Cause
from kazna.events.programmes import ProgrammeBroken
from kazna.plumbing.outbox import publish

IN_TIME = "Срок программы закончился."


@transaction.atomic
def finish_programme(*, programme_id: UUID, outcome: str, by: str, on: date) -> Programme:
    """The goal is reached (or the time is over); the year of watching begins. Raises ProgrammeMoved."""
    programme = locked(programme_id, ProgrammeState.FINISHED)
    if not outcome.strip():
        raise ProgrammeRefused(why="напишите, чем закончилась программа")
    programme.state, programme.outcome = ProgrammeState.FINISHED, outcome.strip()
    programme.ended_on, programme.ended_by = on, by
    programme.save()
    plan_checks(programme, on)
    watch = terms_of(programme.measure, programme.signed_on or on).watch_months
    notifications.notify([letter(programme, "finished", Cause(None, timezone.now()), on=on, watch=watch)])
    return programme


@transaction.atomic
def propose_break(*, programme_id: UUID, why: str, claimed_kopecks: int, by: str, on: date) -> Programme:
    """One officer finds the programme not carried out; nothing happens until another agrees. Raises ProgrammeMoved,
    ProgrammeRefused.
    """
    programme = locked(programme_id, ProgrammeState.BREAKING)
    if len(why.strip()) < 10:
        raise ProgrammeRefused(why="напишите, что не выполнено: это прочитает человек")
    if claimed_kopecks < 0:
        raise ProgrammeRefused(why="сумма возврата меньше нуля")
    programme.state, programme.outcome = ProgrammeState.BREAKING, why.strip()
    programme.claimed_kopecks, programme.ended_by = claimed_kopecks, by
    programme.save()
    return programme


@transaction.atomic
def settle_break(*, programme_id: UUID, agrees: bool, by: str, on: date) -> Programme:
    """Another officer agrees: the award ends, the claimed sum is named an overpayment; or does not: it goes on.

    How much is really taken back is decided with the overpayment. Raises ProgrammeMoved, AnotherOfficerNeeded.
    """
    programme = locked(programme_id, ProgrammeState.BROKEN)
    if by == programme.ended_by:
        raise AnotherOfficerNeeded()
    if not agrees:
        programme.state, programme.outcome = ProgrammeState.ACTIVE, ""
        programme.claimed_kopecks, programme.ended_by = 0, ""
        programme.save()
        return programme
    programme.state, programme.confirmed_by, programme.ended_on = ProgrammeState.BROKEN, by, on
    programme.save()
    cause = Cause(None, timezone.now())
    if programme.award_id:
        publish(
            ProgrammeBroken(
                programme.id, programme.award_id, programme.person_id, programme.claimed_kopecks, programme.outcome,
                programme.ended_by, by, on, cause,
            )
        )  # fmt: skip
    notifications.notify([letter(programme, "broken", cause, on=on)])
    return programme


def finish_in_time(on: date) -> None:
    """Programmes whose last day is behind are finished."""
    for programme_id in Programme.objects.filter(state=ProgrammeState.ACTIVE, ends_on__lt=on).values_list(
        "id", flat=True
    ):
        finish_programme(programme_id=programme_id, outcome=IN_TIME, by="", on=on)
