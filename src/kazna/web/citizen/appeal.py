"""Complain about a decision: one click, words are welcome but not needed."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.citizen.own import must_be_ours
from kazna.web.journal import note_act
from kazna.web.powers import allow


class AppealForm(forms.Form):
    text = forms.CharField(label=_("С чем вы не согласны"), required=False, max_length=4000)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def appeal(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The form; on POST the complaint is filed and the decision shows its term."""
    found = cases.decision(decision_id=decision_id)
    must_be_ours(request, found.recipient_id)
    form = AppealForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            cases.appeals.file(
                decision_id=decision_id,
                text=form.cleaned_data["text"],
                on=clock.today(),
                cause=Cause(None, timezone.now()),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            note_act(request, "appeal", person_id=found.recipient_id, thing=decision_id, purpose=found.number)
            return redirect("my_decision", decision_id=decision_id)
    return render(request, "citizen/appeal.html", {"decision": found, "form": form}, status=status)
