"""The API holds to its own description whatever is thrown at it: a bounded run of schemathesis."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.rest.test_agency_api import opened
from tests.web.conftest import build_town

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
OPERATIONS = [
    ("POST", "/api/v1/people"), ("POST", "/api/v1/subscriptions"), ("DELETE", "/api/v1/subscriptions/{person_id}"),
    ("GET", "/api/v1/changes"), ("POST", "/api/v1/egisso/10.13.I"),
]  # fmt: skip


@pytest.fixture
def kept_connection():
    """A request through the bare WSGI application must not close the test's connection, as Django's client sees to."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.django_db
def test_the_api_is_as_described(kept_connection):
    build_town()
    headers = {name: value for name, value in opened().items() if name != "secret"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    assert set(schema) == {path for _method, path in OPERATIONS}

    for method, path in OPERATIONS:
        _throw_at(schema[path][method], headers)


def _throw_at(operation, headers):
    @given(case=operation.as_strategy())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    def throw(case):
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    throw()
