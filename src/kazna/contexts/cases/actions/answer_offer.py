"""The citizen answers an offer with one click."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.contracts import CaseState, OfferNotOpen, Outcome
from kazna.contexts.cases.lifecycle import check_move
from kazna.contexts.cases.models import Case, CaseStep
from kazna.contexts.cases.sources import Sources
from kazna.contexts.cases.statements import stated
from kazna.contexts.registers.contracts import NewFact
from kazna.events.cases import OfferDeclined
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish


@transaction.atomic
def confirm_offer(
    *,
    case_id: UUID,
    person_id: UUID,
    on: date,
    cause: Cause,
    sources: Sources,
    declared: Mapping[str, Mapping[str, bool]],
) -> None:
    """Record the consent and what was declared with it; the right is evaluated again and the case goes on by itself.

    Raises OfferNotOpen unless the case is offered to this very person.
    """
    case = _offered(case_id, person_id)
    case.applied_on = on
    _move(case, CaseState.RECEIVED, on, by="citizen")
    consent = NewFact(
        kind="consent",
        subject_id=person_id,
        object_id=case.subject_id if case.subject_id != person_id else None,
        thing=f"offer/{case.id}",
        valid_from=on,
        valid_to=None,
        value={"measure": case.measure, "given_on": on.isoformat()},
    )
    statements = stated(declared, person_id=person_id, subject_id=case.subject_id, thing=f"offer/{case.id}", on=on)
    sources.report([([consent, *statements], cause)], source="citizen", on=on)


def answer_case(
    *,
    case_id: UUID,
    person_id: UUID,
    on: date,
    cause: Cause,
    sources: Sources,
    declared: Mapping[str, Mapping[str, bool]],
) -> None:
    """Record answers to a case under way."""
    subject_id = Case.objects.values_list("subject_id", flat=True).get(id=case_id)
    statements = stated(declared, person_id=person_id, subject_id=subject_id, thing=f"answer/{case_id}", on=on)
    sources.report([(statements, cause)], source="citizen", on=on)


@transaction.atomic
def decline_offer(*, case_id: UUID, person_id: UUID, on: date, cause: Cause) -> None:
    """The citizen does not want it: the case is closed and is not offered again. Raises OfferNotOpen.

    Who is next in line is looked for by the worker: a citizen sees nothing of other people's rights.
    """
    case = _offered(case_id, person_id)
    case.outcome = Outcome.DECLINED
    _move(case, CaseState.CLOSED, on, by="citizen")
    publish(OfferDeclined(case.id, person_id, on, cause))


def _offered(case_id: UUID, person_id: UUID) -> Case:
    case = Case.objects.select_for_update().filter(id=case_id, recipient_id=person_id).first()
    if case is None or case.state != CaseState.OFFERED:
        raise OfferNotOpen()
    return case


def _move(case: Case, state: CaseState, on: date, *, by: str) -> None:
    check_move(CaseState(case.state), state)
    case.state = state
    case.save(update_fields=["state", "outcome", "applied_on"])
    CaseStep.objects.create(
        case=case, recipient_id=case.recipient_id, body=case.body, state=state, on=on, by=by, note=""
    )
