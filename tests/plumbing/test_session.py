"""A kept session of the database: an ended one is replaced before the next request, a living one is not asked."""

import time

import psycopg
import pytest
from django.db import NotSupportedError, connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept() -> int:
    """A session as a request has left it; its process in the server."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    connection.close_if_unusable_or_obsolete()
    return process


def test_an_ended_session_is_replaced(kept):
    told = connection.get_connection_params()
    with psycopg.connect(
        host=told["host"], port=told["port"], user=told["user"], password=told["password"], dbname=told["dbname"],
        autocommit=True,
    ) as other:  # fmt: skip
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [kept])
    time.sleep(0.1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")

        assert cursor.fetchone()[0] != kept


def test_a_living_session_is_not_asked(kept, monkeypatch):
    monkeypatch.setattr(connection, "is_usable", lambda: pytest.fail("asked"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")

        assert cursor.fetchone()[0] == kept


def test_an_older_server_is_refused_by_its_version(monkeypatch):
    monkeypatch.setattr(connection, "get_database_version", lambda: (16, 9))

    with pytest.raises(NotSupportedError, match="PostgreSQL 17 or later is required"):
        connection.check_database_version_supported()
