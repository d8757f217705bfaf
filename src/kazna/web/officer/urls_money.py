"""Addresses of money that needs people: enforcement documents, heirs, help in kind, the post, recalls."""

from django.urls import path

from kazna.web.officer import heirs, in_kind, post, writs

urlpatterns = [
    path("heirs/", heirs.inheritances, name="work_heirs"),
    path("heirs/<uuid:person_id>/", heirs.heirs, name="work_heir"),
    path("in-kind/", in_kind.provisions, name="work_in_kind"),
    path("writs/", writs.writs, name="work_writs"),
    path("writs/new/", writs.new, name="work_writ_new"),
    path("writs/export/", writs.export, name="work_writs_export"),
    path("writs/<uuid:writ_id>/", writs.writ, name="work_writ"),
    path("post/", post.plan, name="work_post"),
    path("recalls/", post.recalls, name="work_recalls"),
]
