"""Fixtures of the whole suite. The throw-away PostgreSQL is started by `kazna.config.settings.test`."""

import sys

import pytest
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase
from hypothesis import settings
from tests.emptying import FILLED, empty_what_is_filled

settings.register_profile("kazna", deadline=None)  # how long an example takes is no property of the code
settings.load_profile("kazna")

LONG = ("spark", "accessibility", "test_agreement", "test_properties", "test_bad_day", "test_duckdb", "test_sharing")
left_by_migrations: dict[str, str] = {}


@pytest.fixture(autouse=True)
def names_of_colleagues_are_asked_again():
    """Screens remember them for minutes; another test has other people."""
    if known := sys.modules.get("kazna.web.colleagues"):
        known._known.clear()


def pytest_itemcollected(item):
    """A process takes a file whole; only the screens of a role are a matter of their own."""
    item.add_marker(pytest.mark.xdist_group(item.name if "accessib" in item.name else item.path.name))


def pytest_collection_modifyitems(items):
    """Files that take long come first, so that processes beside each other end together."""
    long = {one.path for one in items if one.get_closest_marker("browser") or any(n in one.path.name for n in LONG)}
    items.sort(key=lambda item: item.path not in long)


def put_back_what_migrations_left(sender=None, **_):
    """A test without a transaction empties every table after itself; the next one needs the bodies again."""
    if sender and sender.label != "administration":
        return
    with connection.cursor() as cursor:
        for table in FILLED:
            if table not in left_by_migrations:
                cursor.execute(f"SELECT json_agg(t)::text FROM {table} t")
                left_by_migrations[table] = cursor.fetchone()[0]
            cursor.execute(
                f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s) ON CONFLICT DO NOTHING",
                [left_by_migrations[table]],
            )


post_migrate.connect(put_back_what_migrations_left)
TransactionTestCase._fixture_teardown = lambda case: empty_what_is_filled(put_back_what_migrations_left)
