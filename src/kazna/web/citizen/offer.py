"""A case of mine: where it stands, what is offered, one click to agree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.citizen.own import me, must_be_ours, names
from kazna.web.journal import note_act
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case with its steps; an open offer shows the two buttons."""
    found = _own_case(request, case_id)
    right = measures.rights([found.right_id])[found.right_id]
    facts = registers.facts_by_ids(right.fact_ids)
    people = [found.subject_id, found.recipient_id, *(fact.subject_id for fact in facts)]
    people += [missing.person_id for missing in right.missing]
    return render(
        request,
        "citizen/case.html",
        {
            "case": found,
            "right": right,
            "facts": facts,
            "names": names(people),
            "titles": kind_titles(),
            "me": me(request),
        },
    )


@require_POST
@allow("citizen")
def confirm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Agree to the offer. The rest goes by itself."""
    _own_case(request, case_id)
    cause = Cause(document_id=None, received_at=timezone.now())
    cases.confirm(case_id=case_id, person_id=me(request), on=clock.today(), cause=cause)
    note_act(request, "consent", person_id=me(request), thing=case_id, purpose="Согласие на меру поддержки")
    return redirect("my_confirmed", case_id=case_id)


@require_POST
@allow("citizen")
def decline(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Refuse the offer; it can be asked for again later."""
    _own_case(request, case_id)
    cases.decline(case_id=case_id, person_id=me(request), on=clock.today())
    note_act(request, "consent", person_id=me(request), thing=case_id, purpose="Отказ от предложенной меры")
    return redirect("my_case", case_id=case_id)


@require_safe
@allow("citizen")
def confirmed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt: what was agreed to and what happens next."""
    return render(request, "citizen/confirmed.html", {"case": _own_case(request, case_id)})


def _own_case(request: HttpRequest, case_id: UUID) -> cases.CaseView:
    found = cases.case(case_id=case_id)
    must_be_ours(request, found.recipient_id, found.subject_id)
    return found
