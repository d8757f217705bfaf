"""Addresses of the open portal."""

from django.urls import path

from kazna.web.portal import data, desk, measures

urlpatterns = [
    path("", measures.measures, name="portal"),
    path("measures/<uuid:measure_id>/", measures.measure, name="portal_measure"),
    path("data/", data.datasets, name="portal_data"),
    path("data/<str:quarter>.<str:kind>", data.download, name="portal_download"),
    path("support/", desk.ask, name="portal_support"),
    path("desk/", desk.desk, name="portal_desk"),
    path("requests/", data.requests, name="portal_requests"),
    path("requests/<int:request_id>/answer.csv", data.answer, name="portal_answer"),
]
