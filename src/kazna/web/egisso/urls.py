"""Addresses of the exchange with the state information system."""

from django.urls import path

from kazna.web.egisso import check, classifier, measures

urlpatterns = [
    path("check/", check.check, name="egisso_check"),
    path("check/blank.xlsx", check.blank, name="egisso_blank"),
    path("classifier/", classifier.versions, name="classifier"),
    path("classifier/<int:number>/move/", classifier.move, name="classifier_move"),
    path("classifier/<slug:source>/<int:number>/", classifier.version, name="classifier_version"),
    path("classifier/<slug:source>/<int:number>/message/", classifier.message, name="classifier_message"),
    path("measures/", measures.measures, name="egisso_measures"),
    path("measures/table.xlsx", measures.table, name="egisso_measures_table"),
    path("measures/table/", measures.take_table, name="egisso_measures_take"),
    path("measures/<uuid:measure_id>/", measures.measure, name="egisso_measure"),
    path("measures/drafts/<uuid:draft_id>/", measures.draft, name="egisso_draft"),
]
