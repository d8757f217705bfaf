"""Addresses of agreements."""

from django.urls import path

from kazna.web.delegation import views

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("new/", views.new, name="agreement_new"),
    path("<uuid:agreement_id>/", views.agreement, name="agreement"),
]
