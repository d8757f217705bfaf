"""Django application of the identity context."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "kazna.contexts.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
