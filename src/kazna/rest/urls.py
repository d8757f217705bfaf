"""Addresses for machines, under /intake/."""

from django.urls import path

from kazna.rest import health, intake

urlpatterns = [
    path("", intake.take_in, name="intake"),
    path("health", health.health, name="health"),
    path("quarantine", intake.quarantine, name="intake-quarantine"),
]
