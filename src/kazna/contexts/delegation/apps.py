"""Django application of delegation."""

from django.apps import AppConfig


class DelegationConfig(AppConfig):
    name = "kazna.contexts.delegation"
    label = "delegation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.delegation import tasks  # noqa: F401
