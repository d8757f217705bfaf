"""Addresses under /reference/."""

from django.urls import path

from kazna.rest import reference

urlpatterns = [
    path("", reference.classifiers, name="reference"),
    path("<slug:kind>/", reference.classifier, name="reference_classifier"),
    path("<slug:kind>/<str:before>/<str:after>/", reference.difference, name="reference_difference"),
]
