"""The open home page, and where each role begins its work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.web.kept_pages import kept_for_strangers
from kazna.web.powers import allow, open_to_all

FIRST_SCREENS = {
    "citizen": "my_home",
    "officer": "work_queue",
    "methodologist": "law_measures",
    "supplier": "egisso_measures",
    "branch": "egisso_monitoring",
}


@require_safe
@open_to_all
@kept_for_strangers
def home(request: HttpRequest) -> HttpResponse:
    """What the service does, without signing in."""
    return render(request, "home/home.html", {"situations": measures.scenarios()})


@require_safe
@allow(*FIRST_SCREENS)
def begin(request: HttpRequest) -> HttpResponse:
    """The first screen of the viewer's role."""
    return redirect(FIRST_SCREENS[request.viewer.role])
