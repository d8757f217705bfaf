"""Commands that prove something: each ends with 0 only when all is well."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from kazna.contexts.audit import public as audit
from kazna.kernel.places import FORMATS


@pytest.fixture
def packages(run, born, tmp_path: Path) -> Path:
    """A folder with the ЕГИССО package about the birth."""
    folder = tmp_path / "packages"
    result = run("egisso", "export", "--out", folder, "--json")
    assert result.code == 0
    assert result.json["packages"]
    return folder


def test_written_packages_pass_the_official_schema(run, packages):
    result = run("egisso", "validate", packages, "--json")

    assert result.code == 0, result.out
    assert all(one["accepted"] and one["remarks"] == [] for one in result.json)


def test_a_spoiled_package_is_refused_with_the_line(run, packages):
    (package, *_) = sorted(packages.glob("*.xml"))
    package.write_text(package.read_text("utf-8").replace(":amount>", ":amount>много", 1), "utf-8")

    result = run("egisso", "validate", package)

    assert result.code == 1
    assert "строка" in result.out


def test_a_package_of_an_older_format_is_refused(run, db):
    sample = FORMATS / "samples" / "assignment-fact-10.06.S-1.0.6.sample.xml"

    result = run("egisso", "validate", sample, "--json")

    assert (result.code, result.json[0]["accepted"]) == (1, False)


def test_an_empty_folder_proves_nothing(run, db, tmp_path):
    assert run("egisso", "validate", tmp_path).code == 1


def test_all_sums_agree_after_a_birth(run, born):
    result = run("payments", "verify", "--json")

    assert result.code == 0, result.out
    assert result.json["discrepancies"] == []
    assert "Все суммы сходятся" in run("payments", "verify").out


def test_a_changed_sum_is_found(run, born):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payments_obligation DISABLE TRIGGER USER")
        cursor.execute("UPDATE payments_obligation SET amount_kopecks = amount_kopecks + 1")

    result = run("payments", "verify")

    assert result.code == 1
    assert "Расхождений" in result.out


def test_registers_are_written_to_a_folder(run, born, tmp_path):
    result = run("payments", "export", "--out", tmp_path / "registers", "--json")

    assert (result.code, result.json) == (0, {"registers": []})


def test_a_statement_that_cannot_be_read_is_quarantined(run, platform, tmp_path):
    path = tmp_path / "statement.xml"
    path.write_text("<Выписка", "utf-8")

    assert run("payments", "statement", path).code == 1


def test_the_journal_is_whole(run, platform):
    audit.record([audit.NewEntry(act="look", login="petrova", role="officer")])

    result = run("audit", "verify", "--json")

    assert (result.code, result.json) == (0, {"rows": 1, "broken_at": None})


def test_a_changed_journal_is_told_by_its_row(run, platform):
    audit.record([audit.NewEntry(act="look", login=login, role="officer") for login in ("petrova", "ivanova")])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE audit_entry SET login = 'nobody' WHERE seq = 2")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER ALL")

    result = run("audit", "verify")

    assert result.code == 1
    assert "на записи 2" in result.out
