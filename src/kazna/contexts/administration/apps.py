"""Django application of the administration context."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "kazna.contexts.administration"
    label = "administration"
    default_auto_field = "django.db.models.BigAutoField"
