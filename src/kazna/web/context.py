"""What every page needs besides its own matter."""

from typing import Any

from django.http import HttpRequest

from kazna.plumbing import clock
from kazna.web.display import display_of
from kazna.web.menu import menu_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Viewer, menu, operating day and display settings."""
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "shown_name": request.user.shown_name if viewer else "",
        "menu": menu_of(viewer, request.path),
        "today": clock.today(),
        "display": display_of(request),
        "here": request.get_full_path(),
    }
