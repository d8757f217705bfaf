"""Addresses for machines, under /intake/."""

from django.urls import path

from kazna.rest import certificates, health, intake

urlpatterns = [
    path("", intake.take_in, name="intake"),
    path("certificates", certificates.exchange, name="intake-certificates"),
    path("deliveries/<uuid:delivery_id>", intake.delivery, name="intake-delivery"),
    path("health", health.health, name="health"),
    path("quarantine", intake.quarantine, name="intake-quarantine"),
]
