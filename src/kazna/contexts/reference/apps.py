"""Django application of the reference context."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "kazna.contexts.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
