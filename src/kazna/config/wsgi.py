"""The web application for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazna.config.settings.base")
application = get_wsgi_application()

from kazna.web.settling import settle_beside  # noqa: E402 -- models are there only now

settling = settle_beside()
