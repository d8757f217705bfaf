"""Addresses of the methodologist's workplace."""

from django.urls import path

from kazna.web.law import criteria, kinds, views

urlpatterns = [
    path("", views.measures_list, name="law_measures"),
    path("criteria/", criteria.criteria, name="law_criteria"),
    path("facts/", kinds.kinds, name="law_kinds"),
    path("facts/new/", kinds.kind, name="law_kind_new"),
    path("facts/load/", kinds.load, name="law_kind_load"),
    path("facts/changes/<uuid:change_id>/", kinds.settle, name="law_kind_settle"),
    path("facts/kinds/<str:code>/", kinds.kind, name="law_kind"),
    path("<slug:measure_id>/", views.measure, name="law_measure"),
]
