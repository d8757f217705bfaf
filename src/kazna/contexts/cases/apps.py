"""Django application of the cases context."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "kazna.contexts.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.cases import handlers, tasks  # noqa: F401
