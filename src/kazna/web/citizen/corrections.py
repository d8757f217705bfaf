"""«Это неверно»: call a fact wrong, and see what became of it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.corrections import public as corrections
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.citizen.own import me, must_be_ours, names
from kazna.web.journal import note_act
from kazna.web.powers import allow


class ClaimForm(forms.Form):
    claim = forms.CharField(
        label=_("Что неверно и как правильно"), min_length=10, max_length=2000,
        error_messages={
            "required": _("Напишите, что неверно и как правильно"),
            "min_length": _("Слишком коротко: напишите хотя бы одно предложение"),
            "max_length": _("Слишком длинно: оставьте самое важное, до 2000 знаков"),
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def wrong(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """The fact, who told it, and room for words; a second click is the same correction."""
    fact = next(iter(registers.facts_by_ids([fact_id])), None)
    if fact is None:
        raise Http404
    must_be_ours(request, fact.subject_id)
    form, status = ClaimForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = corrections.file(
                    fact_id=fact_id,
                    asked_by=request.viewer.person_ids[0],
                    claim=form.cleaned_data["claim"],
                    on=clock.today(),
                    cause=Cause(None, timezone.now()),
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                note_act(
                    request,
                    "correction",
                    person_id=fact.subject_id,
                    thing=found,
                    purpose=kind_titles().get(fact.kind, ""),
                )
                return redirect("my_corrections")
    context = {
        "fact": fact,
        "form": form,
        "titles": kind_titles(),
        "names": names([fact.subject_id, fact.object_id]),
        "term_days": corrections.TERM_DAYS,
    }
    return render(request, "citizen/wrong.html", context, status=status)


@require_safe
@allow("citizen")
def corrections_list(request: HttpRequest) -> HttpResponse:
    """Every fact called wrong, and where it stands."""
    found = corrections.of_person(person_id=me(request))
    facts = {fact.id: fact for fact in registers.facts_by_ids([one.fact_id for one in found])}
    return render(request, "citizen/corrections.html", {"corrections": found, "facts": facts, "titles": kind_titles()})
