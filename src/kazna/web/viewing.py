"""Every request runs as its viewer: the database sees role, body, territory and persons; looks are journalled."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.integration import public as integration
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.web.errors import not_found, refused

NOT_THERE = (cases.CaseNotFound, cases.DecisionNotFound, integration.DocumentUnknown)


class ViewerMiddleware:
    """Wrap the request in one transaction that knows who is looking.

    A request that fails leaves nothing behind. One that succeeds writes its looks to the journal as its
    last act, so the journal's chain is locked for a moment only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.journal = []
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting_as(_alone(request.user)):
            request.viewer = _with_wards(_alone(request.user))
            with acting_as(request.viewer):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                elif request.journal:
                    audit.record(request.journal)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A foreseen refusal that no screen caught: a page with its sentence; what is not there is 404."""
        if isinstance(problem, NOT_THERE):
            return not_found(request, problem)
        return refused(request, problem) if isinstance(problem, DomainError) else None


def _alone(account: object) -> Viewer:
    persons = (account.person_id,) if account.person_id else ()
    return Viewer(account.role, account.login, account.body, account.territory, persons)


def _with_wards(viewer: Viewer) -> Viewer:
    """A citizen also acts for the children under age."""
    if viewer.role != "citizen":
        return viewer
    wards = registers.wards_of(viewer.person_ids[0], clock.today())
    return Viewer(viewer.role, viewer.login, viewer.body, viewer.territory, (*viewer.person_ids, *wards))
