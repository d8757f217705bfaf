"""Django application of programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "kazna.contexts.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.programmes import handlers, tasks  # noqa: F401
