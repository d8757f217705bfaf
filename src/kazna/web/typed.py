"""What people type: NUL, which no keyboard has and PostgreSQL does not keep, is left out of every form."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class TypedMiddleware:
    """Before any view reads the query or the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)
        if request.method == "POST" and request.content_type in FORMS and _has_nul(request.POST):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _has_nul(told: QueryDict) -> bool:
    return any("\x00" in value for values in told.lists() for value in (values[0], *values[1]))


def _without_nul(told: QueryDict) -> QueryDict:
    clean = told.copy()
    clean.clear()
    for name, values in told.lists():
        clean.setlist(name.replace("\x00", ""), [value.replace("\x00", "") for value in values])
    return clean
