"""What one instance exports an empty second one takes in and exports the same, in two databases of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from tests.factories.egisso import BODY, change, fact, facts_package, ident, person

from kazna.cli.database import open_database
from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.egisso.models import Assignment
from kazna.plumbing import clock

ON = date(2026, 3, 2)
END = "terminationBasedOnEndOfRight"


@contextmanager
def instance(name: str) -> Iterator[None]:
    """Another database of the test server, prepared as a new installation is, for as long as the block runs."""
    first = dict(connection.settings_dict)
    connection.close()
    server = {key: first[key.upper()] for key in ("host", "port", "user", "password")}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        try:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{first["NAME"]}"')
        except psycopg.errors.ObjectInUse:  # someone still looks at it: the migrations make it then
            admin.execute(f'CREATE DATABASE "{name}"')
        try:
            connection.settings_dict["NAME"] = name
            open_database()
            clock.set_day(ON)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = first["NAME"]
            admin.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def databases(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def packages(folder: Path) -> Path:
    """Facts, changes of several grounds and a deletion of a measure that every installation knows."""
    measure, card = next((i, m) for i, m in egisso.known(ON).measures.items() if not m.last_day)
    own = {"measure_id": measure, "category_id": next(iter(card.categories))}
    told = {
        "1": facts_package(
            fact(1, **own, grounds=[person(223344556, forename="Михаил", birth_date="2020-02-01")]),
            *(fact(n, **own, receiver=person(334455667 + n)) for n in range(2, 6)),
            ("alterationBasedOnRecalculation", change("more", 3, amount="1100.00")),
        ),
        "2": facts_package(
            (END, change("end", 3, last_day="2026-02-28", amount="1100.00")),
            ("duplicatesInvalidation", change("double", 2)),
            name="later",
        ),
        "3": to_bytes(package("10.16.I/1.0.2", ident("gone"), [("invalidation", change("delete", 4))])),
    }  # fmt: skip
    folder.mkdir()
    for name, payload in told.items():
        (folder / f"{name}.xml").write_bytes(payload)
    return folder


def taken_and_exported(run, source: Path, out: Path) -> dict[str, bytes]:
    taken = run("egisso", "import", source, "--on", ON, "--provider", BODY, "--json")
    assert taken.code == 0, taken.out
    assert run("egisso", "export", "--out", out).code == 0
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_an_empty_second_instance_exports_what_the_first_exported(run, databases, tmp_path):
    with instance("kazna_first"):
        first = taken_and_exported(run, packages(tmp_path / "given"), tmp_path / "first")
        states = dict(Assignment.objects.values_list("id", "state"))
    with instance("kazna_second"):
        assert not Assignment.objects.exists()
        second = taken_and_exported(run, tmp_path / "first", tmp_path / "second")
        assert dict(Assignment.objects.values_list("id", "state")) == states

    assert len(first) >= 4 and second == first
    assert sorted(states.values()) == ["active", "active", "deleted", "ended", "invalidated"]
