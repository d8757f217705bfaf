"""Addresses of screens."""

urlpatterns: list = []
