"""What every page needs besides its own matter."""

from typing import Any

from django.http import HttpRequest

from kazna.plumbing import clock
from kazna.web.citizen.own import acting_for, names
from kazna.web.display import display_of
from kazna.web.form_key import FormInputs
from kazna.web.menu import menu_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Viewer, menu, operating day and display settings."""
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "csrf_input": FormInputs(request),
        "shown_name": request.user.shown_name if viewer else "",
        "menu": menu_of(viewer, request.path),
        "today": clock.today(),
        "display": display_of(request),
        "here": request.get_full_path(),
        "acts_for": _ward_name(request),
    }


def _ward_name(request: HttpRequest) -> str:
    """Whose cabinet is open instead of one's own; the banner of every page shows it."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.role != "citizen" or not (ward := acting_for(request)):
        return ""
    return names([ward]).get(ward, "")
