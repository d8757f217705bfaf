"""Which agency is calling: its code and its key, compared in constant time."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import HttpRequest

from kazna.plumbing.access import Viewer


def calling_agency(request: HttpRequest) -> Viewer | None:
    """The agency named in X-Agency when X-Agency-Key is its key, else None.

    An unknown agency costs the same comparison, so that answers do not tell which codes exist.
    """
    agency = request.headers.get("X-Agency", "")
    expected = settings.KAZNA_AGENCY_KEYS.get(agency, "")
    given = request.headers.get("X-Agency-Key", "")
    is_key = hmac.compare_digest(given.encode(), expected.encode())
    return Viewer("agency", agency) if expected and is_key else None
