"""All addresses: screens and machines."""

from django.urls import include, path

urlpatterns = [
    path("intake/", include("kazna.rest.urls")),
    path("", include("kazna.web.urls")),
]
