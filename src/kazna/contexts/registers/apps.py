"""Django application of the registers context."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kazna.contexts.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
