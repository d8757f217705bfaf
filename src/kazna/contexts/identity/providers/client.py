"""The OAuth client of all protocols: Authlib makes requests and reads answers, httpx carries them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from authlib.oauth2.client import OAuth2Client

from kazna.contexts.identity.contracts import ProviderRefused, ProviderUnreachable
from kazna.contexts.identity.providers.refusals import words_of

PATIENCE_SECONDS = 10.0
LARGEST_ANSWER = 1 << 20


class TokenRefused(Exception):
    """The provider's answer instead of a token. Authlib's own error takes ASCII only, and ЕСИА speaks Russian."""

    def __init__(self, error: str | None = None, description: str | None = None) -> None:
        super().__init__(error)
        self.error, self.description = error, description


class Client(OAuth2Client):
    """One conversation with a provider. Redirects are not followed: an answer comes from where it was asked."""

    oauth_error_class = TokenRefused

    def _fetch_token(self, url: str, body: str = "", headers: Any = None, auth: Any = None, **_named: Any) -> Any:
        url, headers, body = auth.prepare("POST", url, dict(headers or {}), body)
        return self.parse_response_token(self.session.post(url, content=body, headers=headers))

    def read(self, url: str, token: str = "") -> dict[str, Any]:
        """A JSON object from the provider."""
        answer = self.session.get(url, headers={"Authorization": f"Bearer {token}"} if token else {})
        if answer.status_code != 200:
            raise ProviderRefused(code=str(answer.status_code), what="сведения не отданы")
        if len(answer.content) > LARGEST_ANSWER or not isinstance(found := answer.json(), dict):
            raise ProviderUnreachable()
        return found


@contextmanager
def client(provider_id: str, **options: Any) -> Iterator[Client]:
    """A client whose troubles are foreseen refusals: down, slow, broken or unwilling.

    Raises ProviderUnreachable, ProviderRefused.
    """
    with httpx.Client(timeout=PATIENCE_SECONDS, follow_redirects=False) as session:
        try:
            yield Client(session, client_id=provider_id, **options)
        except TokenRefused as refusal:
            raise ProviderRefused(**words_of(refusal.error, refusal.description)) from None
        except (httpx.HTTPError, ValueError) as trouble:  # ValueError: the answer is no JSON
            raise ProviderUnreachable() from trouble
