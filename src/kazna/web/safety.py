"""Headers that keep a page from being framed, sniffed, cached by strangers or fed with foreign scripts."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(self), publickey-credentials-get=(self), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def same_for_strangers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing personal is on the page while nobody has signed in: a browser keeps it and asks whether it changed."""

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        response = view(request, *args, **named)
        if not request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    return kept


class SafetyMiddleware:
    """Set the headers on every answer; a signed-in person's page is not kept by any cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
