"""File an application: a number, the facts it states, and from there everything goes by itself; or take it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.fill_application import open_draft, roles_of
from kazna.contexts.cases.contracts import CaseState, Outcome
from kazna.contexts.cases.contracts_applications import (
    AlreadyApplied,
    ApplicationNotFound,
    ApplicationNotReady,
    WithdrawalTooLate,
)
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Application, Case
from kazna.contexts.cases.statements import stated
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.public import NewFact
from kazna.events.cause import Cause
from kazna.plumbing.numbering import take

SHOWN = 3


@transaction.atomic
def file_application(*, application_id: UUID, version: int | None, channel: str, on: date, cause: Cause) -> Application:
    """Give it a number and report what it states. Filed before: the same receipt again, nothing twice.

    Raises ApplicationNotFound, ApplicationChanged, ApplicationNotReady, AlreadyApplied.
    """
    known = Application.objects.select_for_update().filter(id=application_id).first()
    if known is None:
        raise ApplicationNotFound()
    if known.state == Application.State.FILED:
        return known
    application = open_draft(application_id, version)
    if _is_under_way(application):
        raise AlreadyApplied()
    turn = measures.turn_of_form(
        measure=application.measure, roles=roles_of(application), answers=application.answers, on=on
    )
    if turn.questions:
        raise ApplicationNotReady(questions="; ".join(one.text for one in turn.questions[:SHOWN]))
    number = take(f"application-{application.territory}-{on.year}")[0]
    application.number = f"З-{application.territory}-{on.year}-{number:06d}"
    application.state, application.filed_on, application.last_channel = Application.State.FILED, on, channel
    application.version += 1
    application.save()
    facts = [_stated(application, on, None), *_answers(application, turn.answered, on)]
    registers.report(facts, source="citizen", on=on, cause=cause)
    return application


@transaction.atomic
def withdraw_application(*, application_id: UUID, on: date, cause: Cause) -> Application:
    """Take it back while nothing is decided: the fact ends, the case closes. A draft is simply given up.

    Raises ApplicationNotFound, WithdrawalTooLate.
    """
    application = Application.objects.select_for_update().filter(id=application_id).first()
    if application is None:
        raise ApplicationNotFound()
    if application.state == Application.State.WITHDRAWN:
        return application
    if application.state == Application.State.FILED:
        _close_case(application, on)
        registers.report([_stated(application, application.filed_on, on)], source="citizen", on=on, cause=cause)
    else:
        application.number = f"Ч-{application.id.hex[:12]}"  # a draft that was never filed has no number of the series
        application.filed_on = application.started_on
    application.state, application.withdrawn_on = Application.State.WITHDRAWN, on
    application.version += 1
    application.save()
    return application


def _is_under_way(application: Application) -> bool:
    return Case.objects.filter(
        measure=application.measure,
        subject_id=application.subject_id,
        recipient_id=application.recipient_id,
        applied_on__isnull=False,
        state__in=[state.value for state in OPEN if state != CaseState.OFFERED],
    ).exists()


def _close_case(application: Application, on: date) -> None:
    desk = Desk.load(measures=[application.measure], subject_ids=[application.subject_id], right_ids=())
    case = desk.last((application.measure, application.subject_id, application.recipient_id))
    if case is None or case.opened_on < application.started_on:
        return
    if CaseState(case.state) not in OPEN:
        raise WithdrawalTooLate()
    desk.close(case, Outcome.WITHDRAWN, on, note=f"Заявление № {application.number} отозвано.")
    desk.touched[case.id] = case
    desk.write_cases()


def _stated(application: Application, since: date | None, until: date | None) -> NewFact:
    """The fact of an application; taken back, it ends on the day after it was filed at the earliest."""
    assert since is not None
    subject = application.subject_id if application.subject_id != application.recipient_id else None
    return NewFact(
        kind="application",
        subject_id=application.recipient_id,
        object_id=subject,
        thing=f"application/{application.id}",
        valid_from=since,
        valid_to=max(until, since + timedelta(days=1)) if until else None,
        value={"measure": application.measure, "filed_on": since.isoformat()},
    )


def _answers(application: Application, answered: tuple[measures.Answered, ...], on: date) -> list[NewFact]:
    """One fact per person and kind; «no» to «is there one» states nothing, an officer sees the answer."""
    values: dict[UUID, dict[str, dict[str, Any]]] = {}
    found: list[NewFact] = []
    thing = f"application/{application.id}"
    for one in answered:
        if one.path:
            values.setdefault(one.person_id, {}).setdefault(one.kind, {})[one.path] = one.value
        elif one.value is True:
            other = application.subject_id if application.subject_id != one.person_id else None
            found.append(NewFact(one.kind, one.person_id, other, thing, on, None, {"as_of": on.isoformat()}))
        elif isinstance(one.value, str) and one.question.type == "date":
            found.append(NewFact(one.kind, one.person_id, None, thing, date.fromisoformat(one.value), None, {}))
    for person_id, answers in sorted(values.items(), key=str):
        found += stated(answers, person_id=person_id, subject_id=application.subject_id, thing=thing, on=on)
    return found
