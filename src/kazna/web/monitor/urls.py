"""Addresses of the monitor."""

from django.urls import path

from kazna.web.monitor import events, views

urlpatterns = [
    path("", views.monitor, name="monitor"),
    path("events/", events.events, name="monitor_events"),
    path("trace/<uuid:start>/", events.trace, name="monitor_trace"),
    path("events/<int:number>/", events.event, name="monitor_event"),
    path("retry/", views.retry, name="monitor_retry"),
]
