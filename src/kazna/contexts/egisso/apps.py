"""Django application of the egisso context."""

from django.apps import AppConfig


class EgissoConfig(AppConfig):
    name = "kazna.contexts.egisso"
    label = "egisso"
    default_auto_field = "django.db.models.BigAutoField"
