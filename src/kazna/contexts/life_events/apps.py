"""Django application of the life_events context."""

from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    name = "kazna.contexts.life_events"
    label = "life_events"
    default_auto_field = "django.db.models.BigAutoField"
