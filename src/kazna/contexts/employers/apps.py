"""Django application of the employers context."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "kazna.contexts.employers"
    label = "employers"
    default_auto_field = "django.db.models.BigAutoField"
