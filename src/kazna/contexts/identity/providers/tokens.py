"""Is the token what it says: signed by the provider, for us, for this very sign-in, now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from kazna.contexts.identity.contracts import TokenNotTrusted

ALGORITHMS = ("RS256", "PS256", "ES256")  # never `none`, never a shared secret
LEEWAY_SECONDS = 60
LONGEST_TOKEN = 16_384


def checked(
    token: Any, keys: RSAKey | KeySet, *, issuers: Sequence[str], client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """Claims of an id_token. `nonce` empty: the provider does not return one. Raises TokenNotTrusted."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise TokenNotTrusted(reason="сервис входа не прислал подписанный ответ")
    try:
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError):
        raise TokenNotTrusted(reason="подпись ответа не принадлежит сервису входа") from None
    if claims.get("iss") not in issuers:
        raise TokenNotTrusted(reason="ответ выдан другим сервисом входа")
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if client_id not in named or (len(named) > 1 and claims.get("azp") != client_id):
        raise TokenNotTrusted(reason="ответ предназначен другой системе")
    if claims.get("azp") not in (None, client_id):
        raise TokenNotTrusted(reason="ответ предназначен другой системе")
    if nonce and claims.get("nonce") != nonce:
        raise TokenNotTrusted(reason="ответ относится к другой попытке входа")
    _check_times(claims, now.timestamp())
    if not isinstance(claims.get("sub"), str | int) or not str(claims["sub"]):
        raise TokenNotTrusted(reason="в ответе не сказано, кто вошёл")
    return claims


def _check_times(claims: dict[str, Any], now: float) -> None:
    times = {name: claims.get(name) for name in ("exp", "iat", "nbf")}
    if not all(isinstance(value, int | float) for name, value in times.items() if name != "nbf" or value is not None):
        raise TokenNotTrusted(reason="в ответе не указано время")
    if times["exp"] + LEEWAY_SECONDS < now:
        raise TokenNotTrusted(reason="срок ответа истёк")
    if max(times["iat"], times["nbf"] or 0) - LEEWAY_SECONDS > now:
        raise TokenNotTrusted(reason="ответ выдан в будущем: часы сервиса входа и наши расходятся больше чем на минуту")
