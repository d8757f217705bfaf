"""Addresses of the methodologist's workplace."""

from django.urls import path

from kazna.web.law import views

urlpatterns = [
    path("", views.measures_list, name="law_measures"),
    path("<slug:measure_id>/", views.measure, name="law_measure"),
]
