"""Django application of suppliers."""

from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    name = "kazna.contexts.suppliers"
    label = "suppliers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.suppliers import handlers, tasks  # noqa: F401
