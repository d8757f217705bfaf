"""The short quiz: what happened, for whom; then the measures worth applying for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.applying.own import channel_of, family_of
from kazna.web.citizen.own import me
from kazna.web.journal import note_act
from kazna.web.powers import allow


@dataclass(frozen=True, slots=True)
class Offer:
    """A measure that may be applied for, with whom it may be about. `stands`: what the rules said before, if asked."""

    measure: str
    title: str
    about: tuple[UUID, ...]
    stands: str


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen", "officer")
def begin(request: HttpRequest) -> HttpResponse:
    """GET: the quiz and what it finds; POST: begin the chosen application or go on with the one begun before."""
    person_id = _person(request)
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _start(request, person_id)
        except DomainError as refusal:
            problem, status = str(refusal), 409
    chosen = next((one for one in measures.scenarios() if one.id == request.GET.get("what")), None)
    family = family_of(person_id)
    context = {
        "scenarios": measures.scenarios(),
        "chosen": chosen,
        "offers": _offers(chosen, person_id, family) if chosen else [],
        "names": {key: card.full_name for key, card in registers.cards([person_id, *family]).items()},
        "person_id": person_id,
        "is_officer": request.viewer.role == "officer",
        "channel": channel_of(request),
        "problem": problem,
        "begun": [one for one in cases.applications.of_person(person_id=person_id) if one.state == "draft"],
        "titles": {card.measure: card.short_title for card in measures.measures_list()},
    }
    return render(request, "applying/begin.html", context, status=status)


def _person(request: HttpRequest) -> UUID:
    """A citizen applies for the self or a ward; an officer names the person."""
    viewer, told = request.viewer, request.GET.get("person") or request.POST.get("person")
    if viewer.role == "citizen":
        return me(request)
    if "channel" in request.GET:
        request.session["apply_channel"] = request.GET["channel"]
    try:
        person_id = UUID(told or "")
    except ValueError:
        raise Http404 from None
    if person_id not in registers.cards([person_id]):
        raise Http404
    return person_id


def _offers(chosen: measures.Scenario, person_id: UUID, family: list[UUID]) -> list[Offer]:
    """Measures of the person's place that take applications, what the rules already refused last."""
    home = registers.cards([person_id])[person_id].territory
    stands = {right.measure: right.state for right in measures.rights_of(person_id)}
    library, found = measures.law_in_force(), []
    for measure in chosen.measures:
        edition = library.measures[measure][-1]
        document, passport = edition.document, library.passport(edition)
        region = str(document.get("region") or "")
        if (region and home and region != home) or "cabinet" not in passport.get("channels", ()):
            continue
        about = {"person": [person_id], "child": family}.get(document["decided_for"], [])
        if about:
            found.append(Offer(measure, document["short_title"], tuple(about), stands.get(measure, "")))
    return sorted(found, key=lambda one: one.stands == "refused")


def _start(request: HttpRequest, person_id: UUID) -> HttpResponse:
    try:
        about = UUID(request.POST.get("about") or str(person_id))
    except ValueError:
        raise Http404 from None
    if about != person_id and about not in family_of(person_id):
        raise Http404
    measure = request.POST.get("measure", "")[:80]
    begun = cases.applications.start(
        measure=measure,
        recipient_id=person_id,
        subject_id=about,
        filed_by=request.viewer.person_ids[0] if request.viewer.role == "citizen" else person_id,
        channel=channel_of(request),
        on=clock.today(),
        entered_by=request.viewer.login if request.viewer.role == "officer" else "",
    )
    note_act(request, "application", person_id=person_id, thing=begun.application_id, purpose="Начато заявление")
    return redirect("apply_step", application_id=begun.application_id)
