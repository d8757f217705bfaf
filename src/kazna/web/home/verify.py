"""Anybody checks a decision: by the number and the code on the paper (its QR leads here), or by the file itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.web.home.forms import PaperForm
from kazna.web.powers import open_to_all

MOST_BYTES = 10 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def verify(request: HttpRequest) -> HttpResponse:
    """GET with number and code; POST with a file. What is told names nobody."""
    number, code = request.GET.get("number", "")[:30], request.GET.get("code", "")[:12]
    known = cases.paper_known(number, code) if number and code else None
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    checked = None
    if request.method == "POST" and form.is_valid():
        checked = cases.check_paper(form.cleaned_data["paper"].read(MOST_BYTES + 1)[:MOST_BYTES])
        known = cases.paper_known(checked.number, checked.sha256[:12]) if checked.holds else None
    context = {
        "form": form,
        "number": number,
        "code": code,
        "known": known,
        "checked": checked,
        "is_asked": bool(number and code),
    }
    return render(request, "home/verify.html", context, status=422 if form.errors else 200)
