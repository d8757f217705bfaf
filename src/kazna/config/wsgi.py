"""The web application for a WSGI server."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazna.config.settings.base")
_django = get_wsgi_application()

from kazna.plumbing.session.base import spare  # noqa: E402 -- settings are there only now
from kazna.web.settling import settle_beside  # noqa: E402 -- models are there only now


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A page is handed over whole: the server sends a list at once, anything else in pieces."""
    response = _django(environ, start_response)
    if getattr(response, "streaming", True):
        return response
    try:
        return [response.content]
    finally:
        response.close()


spare.lend()
settling = settle_beside()
