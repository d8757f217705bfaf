"""The support desk: anybody asks, staff answers in time; staff writes news."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kazna.contexts.portal import public as portal
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.web.portal.forms import CATEGORIES, AskForm, NewsForm
from kazna.web.powers import allow, open_to_all


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """A question; no account is needed."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting_as(Viewer("agency", "web")):
            ticket = portal.ask(**form.cleaned_data, now=timezone.now(), on=clock.today())
        return render(request, "portal/asked.html", {"ticket": ticket})
    return render(request, "portal/ask.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist", "branch")
def desk(request: HttpRequest) -> HttpResponse:
    """Questions that wait, and the form of news."""
    act = request.POST.get("act", "")
    form, status = NewsForm(request.POST if act == "news" else None), 200
    if request.method == "POST":
        status = 422
        try:
            if act == "answer" and request.POST.get("ticket", "").isdecimal() and request.POST.get("text", "").strip():
                portal.answer_ticket(
                    int(request.POST["ticket"]), text=request.POST["text"].strip()[:8000], by=request.viewer.login,
                    now=timezone.now(),
                )  # fmt: skip
                return redirect("portal_desk")
            if act == "news" and form.is_valid():
                portal.write_news(**form.cleaned_data, by=request.viewer.login)
                return redirect("portal_desk")
        except DomainError as refusal:
            form = NewsForm({})
            form.errors.clear()
            form.add_error(None, str(refusal))
            status = 409
    context = {
        "tickets": portal.tickets(), "form": form, "names": dict(CATEGORIES), "day": clock.today(),
        "news": portal.news(on=clock.today()),
        "execution": portal.execution(since=clock.today() - timedelta(days=90), on=clock.today()),
    }  # fmt: skip
    return render(request, "portal/desk.html", context, status=status)
