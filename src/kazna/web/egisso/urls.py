"""Addresses of the exchange with the state information system."""

from django.urls import path

from kazna.web.egisso import check, classifier, facts, measures, monitoring, suppliers, systems

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
    path("apply/", suppliers.apply, name="egisso_apply"),
    path("facts/", facts.load, name="egisso_facts"),
    path("suppliers/", suppliers.bodies, name="egisso_bodies"),
    path("suppliers/applications/<uuid:application_id>/", suppliers.decide, name="egisso_decide"),
    path("suppliers/applications/<uuid:application_id>/answer.xml", suppliers.answer, name="egisso_application_answer"),
    path("suppliers/own/", suppliers.own, name="egisso_own"),
    path("suppliers/<str:code>/", suppliers.body, name="egisso_body"),
    path("suppliers/<str:code>/system/", systems.system, name="egisso_system"),
    path("monitoring/", monitoring.weekly, name="egisso_monitoring"),
    path("monitoring/report.xlsx", monitoring.book, name="egisso_monitoring_book"),
    path("groups/", monitoring.group, name="egisso_group"),
]
