"""Django application of the payments context."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "kazna.contexts.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.payments import handlers, tasks  # noqa: F401
