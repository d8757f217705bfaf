"""Addresses of the open pages about support; all may be shared, none holds personal data."""

from django.urls import path

from kazna.web.support import calculator, measure, search

urlpatterns = [
    path("", search.search, name="support"),
    path("situations/<slug:situation_id>/", search.situation, name="support_situation"),
    path("measures/<slug:measure_id>/", measure.measure, name="support_measure"),
    path("calculators/", calculator.calculators, name="calculators"),
    path("calculators/<slug:measure_id>/", calculator.calculator, name="calculator"),
]
