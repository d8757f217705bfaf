"""Every request runs as its viewer: the database sees role, body, territory and persons."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kazna.plumbing.access import Viewer, acting_as


class ViewerMiddleware:
    """Wrap the request in one transaction that knows who is looking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if not account.is_authenticated:
            return self.get_response(request)
        request.viewer = Viewer(account.role, account.login, account.body, account.territory)
        with acting_as(request.viewer):
            return self.get_response(request)
