"""Addresses of the monitor."""

from django.urls import path

from kazna.web.monitor import views

urlpatterns = [
    path("", views.monitor, name="monitor"),
    path("panel/", views.panel, name="monitor_panel"),
]
