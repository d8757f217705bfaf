"""All addresses: screens and machines."""

from django.urls import include, path

urlpatterns = [
    path("intake/", include("kazna.rest.urls")),
    path("reference/", include("kazna.rest.reference_urls")),
    path("", include("kazna.web.urls")),
]

handler403 = "kazna.web.errors.forbidden"
handler404 = "kazna.web.errors.not_found"
handler500 = "kazna.web.errors.crashed"
