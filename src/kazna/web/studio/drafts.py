"""Drafts of measures: the list, a new one, the next edition of a measure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.kernel.errors import DomainError
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.studio.forms import EditionForm, NewForm
from kazna.web.studio.words import STATES


@require_safe
@allow("methodologist")
def drafts(request: HttpRequest) -> HttpResponse:
    """All drafts the viewer may see, by state."""
    state = request.GET.get("state", "")
    rows = studio.drafts(state=state if state in STATES else "")
    return render(request, "studio/drafts.html", {"drafts": rows, "states": STATES, "state": state})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a measure from a typical regulation or from another region's measure."""
    usual = {"region": request.viewer.territory, "unit": "child", "pattern": "automatic"}
    form = NewForm(request.POST or None, initial=usual)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                draft_id = studio.begin_draft(**form.cleaned_data, by=request.viewer.login)
                note_act(request, "settle", thing=draft_id, purpose="Начат черновик меры")
                return redirect("studio_draft", draft_id=draft_id)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    known = sorted((card.measure, card.title) for card in measures.measures_list())
    return render(request, "studio/new.html", {"form": form, "known": known}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def edition(request: HttpRequest, measure: str) -> HttpResponse:
    """Begin the next edition of a measure in force."""
    form = EditionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                first_day = form.cleaned_data["first_day"]
                draft_id = studio.begin_edition(measure=measure, first_day=first_day, by=request.viewer.login)
                note_act(request, "settle", thing=draft_id, purpose="Начата новая редакция меры")
                return redirect("studio_draft", draft_id=draft_id)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    return render(request, "studio/edition.html", {"form": form, "card": measures.measure(measure)}, status=status)
