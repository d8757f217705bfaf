"""Django application of disclosure."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "kazna.contexts.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.disclosure import handlers, tasks  # noqa: F401
