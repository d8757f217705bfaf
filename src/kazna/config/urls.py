"""All addresses: screens and machines."""

from django.urls import include, path

from kazna.rest.api import api
from kazna.rest.page import description

urlpatterns = [
    path("intake/", include("kazna.rest.urls")),
    path("api/v1/", description, name="agency_api"),
    path("api/", api.urls),
    path("reference/", include("kazna.rest.reference_urls")),
    path("", include("kazna.web.urls")),
]

handler403 = "kazna.web.errors.forbidden"
handler404 = "kazna.web.errors.not_found"
handler500 = "kazna.web.errors.crashed"
