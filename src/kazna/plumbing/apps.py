"""Django application of the technical tables."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "kazna.plumbing"
    label = "plumbing"
    default_auto_field = "django.db.models.BigAutoField"
