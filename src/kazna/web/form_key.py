"""Every form of ours carries a key: who was shown it, for whom, on which page. It works without scripts.

It stands beside the CSRF token, in each form that writes `{{ csrf_input }}`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property

from django.core import signing
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html

from kazna.web.citizen.own import ACTS_FOR
from kazna.web.typed import FORMS

FIELD, TOKEN = "once", "csrfmiddlewaretoken"
SALT = "kazna.form"
LONGEST_PAGE = 500
OLDEST_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class FormKey:
    """`account` is empty in a form shown to a stranger, `ward` in one for oneself; `page` is where the form stood."""

    nonce: str
    account: str
    ward: str
    page: str


class FormInputs:
    """The hidden fields of one form; each time they are written the key is another."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def token(self) -> str:
        """Masked anew for each page, not for each of its forms."""
        return get_token(self.request)

    def __html__(self) -> str:
        page = self.request.get_full_path()
        told = [
            secrets.token_urlsafe(9),
            account_of(self.request),
            ward_of(self.request),
            page if len(page) <= LONGEST_PAGE else "",
        ]
        fields = '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">'
        return format_html(fields, TOKEN, self.token, FIELD, signing.dumps(told, salt=SALT))

    __str__ = __html__


def account_of(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else ""


def ward_of(request: HttpRequest) -> str:
    """For whom the session acts, as it was chosen; empty: for oneself."""
    return str(request.session.get(ACTS_FOR, ""))


def key_of(request: HttpRequest) -> FormKey | None:
    """The key of the form that was sent; None when there is none, or not one we have written."""
    if request.method != "POST" or request.content_type not in FORMS:
        return None
    try:
        return FormKey(*signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=OLDEST_SECONDS))
    except (signing.BadSignature, TypeError, ValueError):
        return None
