"""Django application of the notifications context."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "kazna.contexts.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.notifications import tasks  # noqa: F401
