"""Django application of the payments context."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "kazna.contexts.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
