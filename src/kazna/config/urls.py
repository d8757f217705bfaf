"""All addresses: screens and machines."""

from django.urls import include, path

from kazna.rest import applications
from kazna.rest.agency.api import api
from kazna.rest.agency.page import description
from kazna.rest.egisso.api import api as egisso_api

urlpatterns = [
    path("intake/", include("kazna.rest.urls")),
    path("api/egisso/v1/", egisso_api.urls),
    path("api/v1/", description, name="agency_api"),
    path("api/v1/", api.urls),
    path("api/applications/", applications.api.urls),
    path("reference/", include("kazna.rest.reference_urls")),
    path("", include("kazna.web.urls")),
]

handler403 = "kazna.web.errors.forbidden"
handler404 = "kazna.web.errors.not_found"
handler500 = "kazna.web.errors.crashed"
