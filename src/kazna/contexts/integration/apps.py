"""Django application of the integration context."""

from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "kazna.contexts.integration"
    label = "integration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.integration import tasks  # noqa: F401  the daily task registers itself
