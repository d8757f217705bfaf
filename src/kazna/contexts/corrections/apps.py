"""Django application of corrections."""

from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "kazna.contexts.corrections"
    label = "corrections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.corrections import handlers  # noqa: F401
