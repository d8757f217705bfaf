"""Django application of the measures context."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "kazna.contexts.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.measures import handlers, tasks  # noqa: F401  they register themselves
