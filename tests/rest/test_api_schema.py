"""The API holds to its own description whatever is thrown at it: a bounded run of schemathesis."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.rest.test_agency_api import opened
from tests.web.conftest import TODAY, build_town

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers import public as suppliers

NOW, BODY = datetime(2026, 2, 16, 9, tzinfo=UTC), "0077.000002"
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
PEOPLE = [
    ("POST", "/api/v1/people"), ("POST", "/api/v1/subscriptions"), ("DELETE", "/api/v1/subscriptions/{person_id}"),
    ("GET", "/api/v1/changes"), ("POST", "/api/v1/egisso/10.13.I"),
]  # fmt: skip
PACKAGES = [
    ("POST", "/api/egisso/v1/packages"), ("POST", "/api/egisso/v1/check"), ("GET", "/api/egisso/v1/measures"),
    ("GET", "/api/egisso/v1/news"),
]  # fmt: skip
APPLICATIONS = [
    ("POST", "/api/applications/"), ("POST", "/api/applications/questions"), ("GET", "/api/applications/{number}"),
    ("POST", "/api/applications/{number}/withdraw"),
]  # fmt: skip


@pytest.fixture
def kept_connection():
    """A request through the bare WSGI application must not close the test's connection, as Django's client sees to."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def described(kept_connection, db):
    build_town()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


def test_nothing_is_left_untried(described):
    assert set(described) == {path for _method, path in PEOPLE + PACKAGES + APPLICATIONS}


def test_what_is_told_of_people_is_as_described(described):
    _throw_at(described, PEOPLE, {name: value for name, value in opened().items() if name != "secret"})


def test_packages_are_taken_as_described(described):
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=TODAY)
    _throw_at(described, PACKAGES, {"Authorization": f"Bearer {suppliers.give_key(body=BODY, now=NOW)}"})


def test_applications_are_taken_as_described(described):
    _throw_at(described, APPLICATIONS, {"X-Agency": "epgu", "X-Agency-Key": django_settings.KAZNA_AGENCY_KEYS["epgu"]})


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), PEOPLE + PACKAGES + APPLICATIONS)
def test_strangers_and_broken_bodies_are_told_so_in_one_shape(method, path):
    address = path.replace("{person_id}", str(UUID(int=0))).replace("{number}", "1")

    stranger = Client().generic(method, address, "{", content_type="application/json", headers={"X-Agreement": "1"})

    assert stranger.status_code == 401
    assert set(stranger.json()["error"]) == {"code", "what", "what_to_do"}


def _throw_at(described, operations, headers):
    for method, path in operations:
        _throw(described[path][method], headers | {"Accept-Encoding": "identity"})


def _throw(operation, headers):
    @given(case=operation.as_strategy())
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    def throw(case):
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    throw()
