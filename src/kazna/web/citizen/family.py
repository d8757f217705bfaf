"""My family: those for whom I act, and what each of them gets."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.awards import current
from kazna.web.citizen.own import me, must_be_ours
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def family(request: HttpRequest) -> HttpResponse:
    """The citizen and the children under age."""
    cards = registers.cards(request.viewer.person_ids)
    wards = [cards[person_id] for person_id in request.viewer.person_ids[1:] if person_id in cards]
    return render(request, "citizen/family.html", {"wards": sorted(wards, key=lambda card: str(card.birth_date))})


@require_safe
@allow("citizen")
def ward(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One child: awards, cases and rights that concern the child."""
    must_be_ours(request, person_id)
    today = clock.today()
    return render(
        request,
        "citizen/ward.html",
        {
            "card": registers.cards([person_id])[person_id],
            "awards": current(cases.awards_of(person_id=person_id), today),
            "cases": cases.cases_of(person_id=person_id),
            "rights": measures.rights_of(person_id),
            "me": me(request),
        },
    )
