"""A form sent twice is answered once; a form shown for one person is never taken for another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kazna.plumbing import answers
from kazna.web.form_key import FIELD, TOKEN, FormKey, account_of, key_of, ward_of
from kazna.web.kept_forms import keep

ONLY_SEEN = ("look", "search", "export")
OF_A_PERSON = ("/my/", "/apply/")


class OnceMiddleware:
    """A form sent twice word for word gets the answer of the first time and does nothing more.

    By the rule of our screens what changed something leads to another page, and a page shown in answer to a form
    (mistakes, a check before sending) has changed nothing. Where such a page did something after all, which the journal
    tells, the second sending is led to the page of the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None or key.account != account_of(request):
            return self.get_response(request)
        sent = _sent(request, key)
        with transaction.atomic():
            if earlier := answers.claim(sent):
                return HttpResponseRedirect(earlier)
            response = self._for_another(request, key) or self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif response.status_code in (302, 303) and not hasattr(request, "kept_form"):
                answers.remember(sent, response.headers["Location"])
            elif response.status_code == 200 and _did_something(request):
                answers.remember(sent, request.get_full_path())
            else:
                answers.release(sent)
        return response

    def _for_another(self, request: HttpRequest, key: FormKey) -> HttpResponse | None:
        """The session has changed over to another person since the form was shown: show it again, for whom it was."""
        of_a_person = request.path.startswith(OF_A_PERSON) and request.path != reverse("my_acting")
        if not of_a_person or key.ward == ward_of(request):
            return None
        if kept := keep(request, account=key.account):
            request.session.update(kept[1])
        return HttpResponseRedirect(key.page or reverse("begin"))


def _did_something(request: HttpRequest) -> bool:
    return any(entry.act not in ONLY_SEEN for entry in getattr(request, "journal", ()))


def _sent(request: HttpRequest, key: FormKey) -> UUID:
    """What was sent, in one number: the form shown, the address, all that was typed, the button, the files."""
    words = hashlib.sha256(f"{key.nonce}\n{request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in (TOKEN, FIELD):
            words.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            words.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                words.update(chunk)
            file.seek(0)
    return UUID(bytes=words.digest()[:16])
