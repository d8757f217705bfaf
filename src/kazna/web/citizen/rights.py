"""What I may get, and why it is so."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.egisso import public as egisso
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.citizen.own import me, must_be_ours, names
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def rights(request: HttpRequest) -> HttpResponse:
    """Every measure that was weighed for me: granted, unsure with what is missing, refused."""
    found = measures.rights_of(me(request))
    by_state = {
        state: [right for right in found if right.state == state] for state in ("granted", "unknown", "refused")
    }
    return render(
        request,
        "citizen/rights.html",
        {
            "by_state": by_state,
            "names": names([*(right.subject_id for right in found), *_owners(found)]),
            "me": me(request),
            "received": egisso.received_by(person_id=me(request), on=clock.today()),
        },
    )


@require_safe
@allow("citizen")
def right(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """One measure: the answer, condition by condition, with articles and the facts used."""
    found = measures.rights([right_id]).get(right_id)
    if found is None:
        raise Http404
    must_be_ours(request, found.recipient_id, found.subject_id)
    facts = registers.facts_by_ids(found.fact_ids)
    people = [found.subject_id, found.recipient_id, *(fact.subject_id for fact in facts), *_owners([found])]
    return render(
        request,
        "citizen/right.html",
        {"right": found, "facts": facts, "names": names(people), "titles": kind_titles(), "me": me(request)},
    )


def _owners(found: list[measures.Right]) -> list[UUID | None]:
    return [missing.person_id for right in found for missing in right.missing]
