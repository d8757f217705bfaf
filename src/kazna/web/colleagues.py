"""Those who work here by their names: «petrova» is «Петрова Ольга Ивановна» on every screen of the office."""

from __future__ import annotations

import time

from kazna.contexts.identity import public as identity
from kazna.web.words import LOGINS

FRESH_SECONDS, NAMELESS_SECONDS = 300.0, 30.0
_known: dict[str, tuple[float, str]] = {}


def colleague(login: str | None) -> str:
    """The name behind a login; the platform itself has words; a login without a name stays as it is."""
    if not login or login in LOGINS:
        return str(LOGINS.get(login or "", ""))
    asked_at, name = _known.get(login, (-FRESH_SECONDS, ""))
    if time.monotonic() - asked_at > (FRESH_SECONDS if name else NAMELESS_SECONDS):
        name = identity.shown_names(logins=[login]).get(login, "")
        _known[login] = (time.monotonic(), name)
    return name or login
