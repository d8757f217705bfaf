"""Addresses of the officer's programmes of adaptation."""

from django.urls import path

from kazna.web.officer import programmes

urlpatterns = [
    path("", programmes.queue, name="work_programmes"),
    path("<uuid:programme_id>/", programmes.programme, name="work_programme"),
]
