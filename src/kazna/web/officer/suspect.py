"""Two cards that may be one person, side by side."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import ReasonForm, SuspectForm
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def suspect(request: HttpRequest, suspect_id: UUID) -> HttpResponse:
    """Show what differs; on POST join the cards or leave them apart."""
    found = registers.suspect(suspect_id=suspect_id)
    form, status = SuspectForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _settle(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return redirect("work_settled")
    for card in (found.person, found.other):
        note_look(request, card.person_id, "Проверка возможного дубля карточки")
    facts = registers.facts_of([found.person.person_id, found.other.person_id])
    return render(
        request,
        "officer/suspect.html",
        {"suspect": found, "facts": facts, "titles": kind_titles(), "form": form},
        status=status,
    )


def _settle(request: HttpRequest, found: registers.SuspectView, form: SuspectForm) -> None:
    reason, same = form.cleaned_data["reason"], form.cleaned_data["same"] == "yes"
    registers.settle_suspect(
        suspect_id=found.suspect_id, same=same, reason=reason, by=request.viewer.login, on=clock.today()
    )
    note_act(request, "settle", person_id=found.person.person_id, thing=found.suspect_id, purpose=reason)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def part(request: HttpRequest, person_id: UUID, merge_id: UUID) -> HttpResponse:
    """Give the second card back when two people were joined by mistake."""
    merge = next((one for one in registers.merges_of(person_id=person_id) if one.merge_id == merge_id), None)
    if merge is None:
        raise Http404
    form, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _part(request, merge, form.cleaned_data["reason"])
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return redirect("work_settled")
    cards = registers.cards([merge.keep_id, merge.drop_id])
    for one in cards.values():
        note_look(request, one.person_id, "Разделение объединённых карточек")
    return render(
        request,
        "officer/part.html",
        {"merge": merge, "kept": cards[merge.keep_id], "dropped": cards[merge.drop_id], "form": form},
        status=status,
    )


def _part(request: HttpRequest, merge: registers.MergeView, reason: str) -> None:
    registers.undo_merge(merge_id=merge.merge_id, reason=reason, by=request.viewer.login, on=clock.today())
    note_act(request, "settle", person_id=merge.keep_id, thing=merge.merge_id, purpose=reason)
