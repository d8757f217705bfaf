"""Django application of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kazna.contexts.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.portal import tasks  # noqa: F401
