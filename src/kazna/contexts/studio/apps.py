"""Django application of the studio."""

from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "kazna.contexts.studio"
    label = "studio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.studio import tasks  # noqa: F401  it registers itself
