"""One decision: what, how much, why, by which articles and facts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.web.catalogue import kind_titles
from kazna.web.citizen.own import me, must_be_ours, names
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    found = cases.decision(decision_id=decision_id)
    must_be_ours(request, found.recipient_id)
    right = _right(found)
    facts = registers.facts_by_ids(right.fact_ids) if right else []
    return render(
        request,
        "citizen/decision.html",
        {
            "decision": found,
            "right": right,
            "facts": facts,
            "names": names([found.recipient_id, *(fact.subject_id for fact in facts)]),
            "titles": kind_titles(),
            "me": me(request),
            "appeal": cases.appeals.of_decision(decision_id=decision_id),
        },
    )


@require_safe
@allow("citizen")
def paper(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The decision as a sealed PDF."""
    found = cases.decision(decision_id=decision_id)
    must_be_ours(request, found.recipient_id)
    response = HttpResponse(cases.sealed(decision_id=decision_id), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="reshenie-{found.number}.pdf"'
    return response


def _right(found: cases.DecisionDocument) -> measures.Right | None:
    """The evaluation the decision rests on; decisions about stops rest on an event instead."""
    rule = found.document["rule"]
    return measures.rights([UUID(rule["right_id"])]).get(UUID(rule["right_id"])) if rule else None
