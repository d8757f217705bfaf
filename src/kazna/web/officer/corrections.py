"""Facts that people call wrong: see what the holder answered, or say why the fact stays."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.corrections import public as corrections
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import ReasonForm
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

PER_PAGE = 30


@require_safe
@allow("officer")
def waiting(request: HttpRequest) -> HttpResponse:
    """Open ones of the officer's territory, the nearest term first."""
    page = page_of(
        request,
        lambda after: corrections.waiting(limit=PER_PAGE + 1, after=after, territory=request.viewer.territory),
        key=lambda one: f"{one.due_on}_{one.correction_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    return render(
        request,
        "officer/corrections.html",
        {
            "page": page,
            "titles": kind_titles(),
            "cards": registers.cards([one.person_id for one in page.rows]),
            "late": clock.today(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """The fact, what the person says, the same fact from others; on POST the answer that it stays."""
    try:
        found = corrections.correction(correction_id=correction_id)
    except corrections.CorrectionNotOpen:
        raise Http404 from None
    form, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                corrections.keep(
                    correction_id=correction_id,
                    reason=form.cleaned_data["reason"],
                    by=request.viewer.login,
                    on=clock.today(),
                    cause=Cause(None, timezone.now()),
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                purpose = form.cleaned_data["reason"]
                note_act(request, "settle", person_id=found.person_id, thing=correction_id, purpose=purpose)
                return redirect("work_corrections")
    note_look(request, found.person_id, "Обращение о неверном сведении")
    context = {
        "correction": found,
        "fact": next(iter(registers.facts_by_ids([found.fact_id])), None),
        "others": [one for one in registers.facts_of([found.person_id], kinds=[found.kind]) if one.id != found.fact_id],
        "card": registers.cards([found.person_id])[found.person_id],
        "titles": kind_titles(),
        "form": form,
    }
    return render(request, "officer/correction.html", context, status=status)
