"""Addresses of money that needs people: heirs, help in kind, the post, recalls."""

from django.urls import path

from kazna.web.officer import heirs, in_kind, post

urlpatterns = [
    path("heirs/", heirs.inheritances, name="work_heirs"),
    path("heirs/<uuid:person_id>/", heirs.heirs, name="work_heir"),
    path("in-kind/", in_kind.provisions, name="work_in_kind"),
    path("post/", post.plan, name="work_post"),
    path("recalls/", post.recalls, name="work_recalls"),
]
