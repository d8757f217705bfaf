"""Django application of the technical tables."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "kazna.plumbing"
    label = "plumbing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kazna.plumbing import answers, id_lists, lookups  # noqa: F401

        lookups.register()
        id_lists.register()
