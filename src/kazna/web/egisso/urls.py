"""Addresses of the exchange with the state information system."""

from django.urls import path

from kazna.web.egisso import check, classifier

urlpatterns = [
    path("check/", check.check, name="egisso_check"),
    path("check/blank.xlsx", check.blank, name="egisso_blank"),
    path("classifier/", classifier.versions, name="classifier"),
    path("classifier/<int:number>/move/", classifier.move, name="classifier_move"),
    path("classifier/<slug:source>/<int:number>/", classifier.version, name="classifier_version"),
    path("classifier/<slug:source>/<int:number>/message/", classifier.message, name="classifier_message"),
]
