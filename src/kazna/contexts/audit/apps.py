"""Django application of the audit context."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kazna.contexts.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
