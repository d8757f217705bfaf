"""Addresses of money that needs people: enforcement documents, heirs, help in kind, certificates, the post, recalls."""

from django.urls import path

from kazna.web.officer import certificates, heirs, in_kind, post, writs

urlpatterns = [
    path("certificates/", certificates.certificates, name="work_certificates"),
    path("certificates/<str:number>/", certificates.certificate, name="work_certificate"),
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
