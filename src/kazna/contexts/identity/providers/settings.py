"""Which outside providers this installation trusts; everything about one is settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kazna.contexts.identity.contracts import ProviderCard, ProviderUnknown

ESIA, OIDC = "esia", "oidc"
CLASSIC, V3 = "classic", "v3"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `url` is where it lives (the issuer of an ordinary one); files are PEM.

    ЕСИА: `protocol` classic or v3, `key_file` and `certificate_file` are ours, `token_certificate_file` is the one its
    tokens are signed with. Ordinary: `secret`, and the names of claims that hold the СНИЛС, a staff login, and whether
    the account is confirmed (empty: all are).
    """

    code: str
    title: str
    url: str
    issuer: str
    client_id: str
    protocol: str = OIDC
    scope: str = "openid"
    secret: str = ""
    key_file: str = ""
    certificate_file: str = ""
    token_certificate_file: str = ""
    snils_claim: str = ""
    login_claim: str = ""
    confirmed_claim: str = ""

    def card(self) -> ProviderCard:
        return ProviderCard(self.code, self.title)


def providers() -> dict[str, Provider]:
    """Those that are set up, ЕСИА first."""
    found = (Provider(code=code, **one) for code, one in settings.KAZNA_SIGN_IN.items() if one["url"])
    return {one.code: one for one in sorted(found, key=lambda one: one.code != ESIA)}


def provider(code: str) -> Provider:
    """Raises ProviderUnknown."""
    try:
        return providers()[code]
    except KeyError:
        raise ProviderUnknown() from None
