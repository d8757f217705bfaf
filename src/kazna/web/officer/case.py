"""A case that waits for a person: who, what, what the rule says, why it stopped; decide with reasons."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.contexts.integration import public as integration
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import DecisionForm
from kazna.web.powers import allow

OUTCOMES = {"grant": cases.Outcome.GRANTED, "refuse": cases.Outcome.REFUSED}


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the case; on POST decide it. A refusal of the domain comes back above the form with 409."""
    found = cases.case(case_id=case_id)
    form, status = DecisionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = _decide(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                if isinstance(done, cases.ProposalView):
                    return redirect("work_draft", proposal_id=done.proposal_id)
                return redirect("work_decided", decision_id=done.decision_id)
    return _show(request, found, form, status)


@require_http_methods(["GET", "HEAD"])
@allow("officer")
def decided(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The decision as the citizen will read it."""
    decision = cases.decision(decision_id=decision_id)
    note_look(request, decision.recipient_id, f"Решение № {decision.number}")
    return render(request, "officer/decided.html", {"decision": decision})


def _decide(
    request: HttpRequest, found: cases.CaseView, form: DecisionForm
) -> cases.DecisionDocument | cases.ProposalView:
    given = form.cleaned_data
    done = cases.decide(
        case_id=found.case_id,
        by=request.viewer.login,
        outcome=OUTCOMES[given["outcome"]],
        reason=given["reason"],
        on=clock.today(),
        cause=Cause(document_id=None, received_at=timezone.now()),
        amount_kopecks=given["amount"],
        first_day=given["first_day"],
    )
    note_act(
        request, "decide", person_id=found.recipient_id, thing=found.case_id, purpose=f"Решение по делу: {found.title}"
    )
    return done


def _show(request: HttpRequest, found: cases.CaseView, form: DecisionForm, status: int) -> HttpResponse:
    right = measures.rights([found.right_id])[found.right_id]
    facts = registers.facts_by_ids(right.fact_ids)
    people = {found.recipient_id, found.subject_id, *(fact.subject_id for fact in facts)}
    people |= {missing.person_id for missing in right.missing if missing.person_id}
    for person_id in {found.recipient_id, found.subject_id}:
        note_look(request, person_id, f"Дело: {found.title}")
    cards = registers.cards(people)
    return render(
        request,
        "officer/case.html",
        {
            "case": found,
            "right": right,
            "facts": facts,
            "cards": cards,
            "names": {person_id: card.full_name for person_id, card in cards.items()},
            "titles": kind_titles(),
            "questions": integration.questions_about(subject_ids=people),
            "form": form,
            "is_open": found.state == "waiting_person",
            "draft": cases.proposal_about(found.case_id),
            "day": clock.today(),
        },
        status=status,
    )
