from django.apps import AppConfig


class DeterminationConfig(AppConfig):
    name = "kazna.contexts.determination"
    label = "determination"
