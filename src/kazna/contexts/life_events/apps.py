"""Django application of the life_events context."""

from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    name = "kazna.contexts.life_events"
    label = "life_events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe to events and enter the daily task."""
        from kazna.contexts.life_events import handlers, tasks  # noqa: F401
