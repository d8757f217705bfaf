"""Every request runs as its viewer: the database sees role, body, territory and persons; looks are journalled."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.delegation import public as delegation
from kazna.contexts.integration import public as integration
from kazna.contexts.programmes import public as programmes
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, tell
from kazna.web.errors import not_found, refused

NOT_THERE = (cases.CaseNotFound, cases.DecisionNotFound, cases.appeals.AppealNotFound, delegation.AgreementNotFound,
             integration.DocumentUnknown, programmes.ProgrammeNotFound)  # fmt: skip


class ViewerMiddleware:
    """Wrap the request in one transaction that knows who is looking.

    A request that fails leaves nothing behind. One that succeeds writes its looks to the journal as its
    last act, so the journal's chain is locked for a moment only; that they are on the disk a look waits for after it
    has let the chain go, a change while it holds it. Nobody is answered before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.journal = []
        with clock.one_day():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        only_looks, must_flush = request.method in ("GET", "HEAD"), False
        with transaction.atomic():
            request.viewer = _viewer(request.user)
            tell(request.viewer)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif request.journal:
                audit.record(request.journal, is_flushed_later=only_looks)
                must_flush = only_looks
        if must_flush:
            audit.flush()
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A foreseen refusal that no screen caught: a page with its sentence; what is not there is 404."""
        if isinstance(problem, NOT_THERE):
            return not_found(request, problem)
        return refused(request, problem) if isinstance(problem, DomainError) else None


def _viewer(account: AbstractBaseUser) -> Viewer:
    """Who looks. A citizen also acts for the children under age."""
    own = (account.person_id, *_wards(account.person_id)) if account.person_id else ()
    return Viewer(account.role, account.login, account.body, account.territory, own, tuple(account.duties))


def _wards(person_id: UUID) -> list[UUID]:
    """Found with the powers of an agency: a citizen's own rows do not show yet whose parent the citizen is."""
    tell(Viewer("agency", "web"))
    return registers.wards_of(person_id, clock.today())
