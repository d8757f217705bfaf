"""Addresses for machines, under /intake/."""

from django.urls import path

from kazna.rest import intake

urlpatterns = [
    path("", intake.take_in, name="intake"),
    path("quarantine", intake.quarantine, name="intake-quarantine"),
]
