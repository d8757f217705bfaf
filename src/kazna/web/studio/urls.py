"""Addresses of the studio of measures."""

from django.urls import path

from kazna.web.studio import agreement, drafts, impact, inventory, people, what_if, writing

urlpatterns = [
    path("", drafts.drafts, name="studio"),
    path("new/", drafts.new, name="studio_new"),
    path("editions/<slug:measure>/", drafts.edition, name="studio_edition"),
    path("inventory/", inventory.inventory, name="studio_inventory"),
    path("inventory/data.<str:kind>", inventory.data, name="studio_obligations"),
    path("impact/", impact.impacts, name="studio_impacts"),
    path("impact/<uuid:impact_id>/", impact.impact, name="studio_impact"),
    path("impact/<uuid:impact_id>/table.xlsx", impact.impact_workbook, name="studio_impact_workbook"),
    path("<uuid:draft_id>/", writing.write, name="studio_draft"),
    path("<uuid:draft_id>/check/", writing.check, name="studio_check"),
    path("<uuid:draft_id>/people/", people.people, name="studio_people"),
    path("<uuid:draft_id>/agreement/", agreement.show, name="studio_agreement"),
    path("<uuid:draft_id>/what-if/", what_if.scenarios, name="studio_what_if"),
    path("<uuid:draft_id>/what-if/progress/<uuid:token>/", what_if.progress, name="studio_progress"),
    path("<uuid:draft_id>/what-if/<uuid:scenario_id>/", what_if.scenario, name="studio_scenario"),
    path("<uuid:draft_id>/what-if/<uuid:scenario_id>/take/", what_if.take, name="studio_take"),
    path("<uuid:draft_id>/what-if/<uuid:scenario_id>/table.xlsx", what_if.workbook, name="studio_workbook"),
]
