"""Addresses of the monitor."""

from django.urls import path

from kazna.web.monitor import consumers, events, views

urlpatterns = [
    path("", views.monitor, name="monitor"),
    path("events/", events.events, name="monitor_events"),
    path("trace/<uuid:start>/", events.trace, name="monitor_trace"),
    path("events/<int:number>/", events.event, name="monitor_event"),
    path("consumers/", consumers.consumers, name="monitor_consumers"),
    path("consumers/new/", consumers.new_consumer, name="monitor_new_consumer"),
    path("consumers/<slug:code>/", consumers.shut, name="monitor_shut_consumer"),
    path("retry/", views.retry, name="monitor_retry"),
    path("panel/", views.panel, name="monitor_panel"),
]
