"""Addresses of the citizen's programmes of adaptation."""

from django.urls import path

from kazna.web.citizen import programmes

urlpatterns = [
    path("", programmes.programmes_list, name="my_programmes"),
    path("new/", programmes.new, name="my_programme_new"),
    path("<uuid:programme_id>/", programmes.programme, name="my_programme"),
]
