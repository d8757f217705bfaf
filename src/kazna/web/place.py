"""Where the browser thinks it is: what keys of devices are bound to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from kazna.contexts.identity.public import Place


def place_of(request: HttpRequest) -> Place:
    """The public address of the installation, or the host of the request, which Django has checked."""
    origin = settings.KAZNA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return Place(urlsplit(origin).hostname or "", origin.rstrip("/"))
