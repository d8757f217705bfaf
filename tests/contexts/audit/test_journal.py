"""The journal: an unbroken chain that only grows, read by those whose data it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from kazna.contexts.audit import public as audit
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db

OFFICER = Viewer("officer", "petrova", "sfr-77", "77")


def write(count: int, person_id: UUID | None = None) -> None:
    audit.record(
        [
            audit.NewEntry(act="look", login="petrova", role="officer", person_id=person_id, screen=f"/work/{number}/")
            for number in range(count)
        ]
    )


@contextmanager
def tampering() -> Iterator[None]:
    """What the owner of the database could do: switch the guard off, change rows, switch it on."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        yield
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER ALL")


@contextmanager
def web_role() -> Iterator[None]:
    """Inside, the connection has the rights of the web application and no more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kazna_web')"
            " THEN CREATE ROLE kazna_web; END IF; END $$"
        )
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO kazna_web")
        cursor.execute("SET LOCAL ROLE kazna_web")
        yield
        cursor.execute("RESET ROLE")


def test_an_empty_journal_is_whole():
    assert audit.verify() == audit.ChainReport(rows=0, broken_at=None, last_hash="")


def test_a_chain_of_many_writes_is_whole():
    write(3)
    write(2)

    report = audit.verify()

    assert (report.rows, report.broken_at) == (5, None)
    assert len(report.last_hash) == 64


@pytest.mark.parametrize(
    ("change", "found_at"),
    [
        ("UPDATE audit_entry SET login = 'other' WHERE seq = 3", 3),
        ("UPDATE audit_entry SET recorded_at = recorded_at - interval '1 hour' WHERE seq = 4", 4),
        ("UPDATE audit_entry SET person_id = NULL WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq > 3", 4),
    ],
)
def test_tampering_is_found_at_its_row(change, found_at):
    write(5, person_id=uuid4())

    with tampering(), connection.cursor() as cursor:
        cursor.execute(change)

    assert audit.verify().broken_at == found_at


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET login = 'x'", "DELETE FROM audit_entry"])
def test_even_the_owner_cannot_change_rows_by_mistake(change):
    write(1)

    with pytest.raises(ProgrammingError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_web_adds_and_cannot_read():
    with web_role(), acting_as(OFFICER):
        audit.look(viewer=OFFICER, person_id=uuid4(), screen="/work/people/", purpose="Приём")
        seen = audit.entries()

    assert seen == []
    assert audit.verify().rows == 1


def test_the_web_cannot_write_past_the_chain():
    with (
        web_role(),
        acting_as(OFFICER),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO audit_entry (seq, recorded_at, act, login, role, body, screen, purpose, thing, hash)"
            " VALUES (1, now(), 'look', '', '', '', '', '', '', '')"
        )


def test_a_citizen_reads_only_looks_at_his_own_family():
    me, stranger = uuid4(), uuid4()
    write(2, person_id=me)
    write(1, person_id=stranger)

    with web_role(), acting_as(Viewer("citizen", "me", person_ids=(me,))):
        mine, others = audit.looks_at(me), audit.looks_at(stranger)

    assert [entry.screen for entry in mine] == ["/work/1/", "/work/0/"]
    assert others == []


def test_pages_go_by_key():
    write(5)

    first = audit.entries(limit=2)
    second = audit.entries(limit=2, before=first[-1].seq)

    assert [entry.seq for entry in [*first, *second]] == [5, 4, 3, 2]


def test_visitors_text_is_cut_to_what_the_journal_holds():
    audit.record([audit.NewEntry(act="search", login="x" * 500, role="officer", purpose="\x00" + "ё" * 5000)])

    (entry,) = audit.entries()

    assert (len(entry.login), len(entry.purpose)) == (60, 300)
    assert audit.verify().broken_at is None
