"""Django application of the registers context."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kazna.contexts.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.contexts.registers import handlers  # noqa: F401  it registers itself
