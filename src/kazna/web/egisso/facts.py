"""Load facts of assignment from a spreadsheet or a message; read the protocol; load again what was mended."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers import public as suppliers
from kazna.plumbing import clock
from kazna.web.egisso.forms import CheckForm
from kazna.web.egisso.measures import MOST_SHOWN, as_intake
from kazna.web.journal import note_act
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("supplier")
def load(request: HttpRequest) -> HttpResponse:
    """The form and the packages taken; on POST the protocol."""
    form = CheckForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "packages": egisso.packages_of(request.viewer.body)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "egisso/load.html", context, status=422 if request.method == "POST" else 200)
    suppliers.demand("load")
    given = form.cleaned_data["package"]
    with as_intake(request):
        verdicts = egisso.take_upload(
            given.name, given.read(), provider=request.viewer.body, on=clock.today(), received_at=timezone.now()
        )
    note_act(request, "facts", thing=given.name, purpose="Загрузка фактов назначения")
    told = [one for one in verdicts if one["remarks"]]
    context |= {
        "name": given.name, "records": sum(one.get("records", 0) for one in verdicts),
        "accepted": sum(one.get("accepted", 0) for one in verdicts), "told": told[:MOST_SHOWN],
        "hidden": max(0, len(told) - MOST_SHOWN), "packages": egisso.packages_of(request.viewer.body),
        "form": CheckForm(),
    }  # fmt: skip
    return render(request, "egisso/load.html", context)
