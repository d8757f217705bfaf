"""Check a file before it is sent: open to every supplier, nothing is kept."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.egisso import public as egisso
from kazna.plumbing import clock
from kazna.web.egisso.forms import CheckForm
from kazna.web.powers import open_to_all

MOST_SHOWN = 200
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def check(request: HttpRequest) -> HttpResponse:
    """The form; on POST the protocol of the file, on the screen or as JSON to keep."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "egisso/check.html", {"form": form}, status=422 if request.method == "POST" else 200)
    given = form.cleaned_data["package"]
    known = egisso.known_to_all(clock.today())
    verdicts = list(egisso.check_upload(given.name, given.read(), known=known))
    if request.POST.get("answer") == "json":
        body = json.dumps(verdicts, ensure_ascii=False, indent=1)
        return _download(body.encode(), "application/json", "protocol.json")
    told = [one for one in verdicts if one["remarks"] or not one["accepted"]]
    return render(
        request,
        "egisso/checked.html",
        {
            "form": CheckForm(),
            "name": given.name,
            "records": sum(1 for one in verdicts if one["number"]),
            "accepted": sum(one["accepted"] for one in verdicts),
            "whole": [one for one in verdicts if not one["number"]],
            "told": [one for one in told if one["number"]][:MOST_SHOWN],
            "hidden": max(0, len(told) - MOST_SHOWN),
            "classifier": known.classifiers.version,
        },
    )


@require_safe
@open_to_all
def blank(request: HttpRequest) -> HttpResponse:
    """The empty spreadsheet."""
    return _download(egisso.write_sheet(), SHEET, "egisso-facts.xlsx")


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
