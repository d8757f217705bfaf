"""A look is on the disk before anybody is shown anything, and the journal's chain does not wait for the disk."""

import pytest
from django.db import OperationalError, connection
from tests.web.conftest import build_town, signed_in

from kazna.contexts.audit import public as audit
from kazna.web import viewing

pytestmark = pytest.mark.django_db(transaction=True)

APPENDED, FLUSHED = "audit_append", "pg_logical_emit_message"


@pytest.fixture
def told():
    """Statements about the journal, in order: what, whether a transaction was open, whether it waits for the disk."""
    seen: list[tuple[str, bool, bool]] = []

    def note(execute, sql, *rest):
        text = sql.decode() if isinstance(sql, bytes) else sql
        for word in (APPENDED, FLUSHED):
            if word in text:
                seen.append((word, connection.in_atomic_block, "'synchronous_commit', 'off'" not in text))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


def test_a_look_lets_the_chain_go_and_is_flushed_before_the_answer(told):
    town = build_town()
    officer = signed_in("officer")
    told.clear()

    officer.get(f"/work/people/{town.mother}/?why=check")

    assert told == [(APPENDED, True, False), (FLUSHED, False, True)]


def test_a_page_without_a_look_writes_nothing(told):
    build_town()
    officer = signed_in("officer")
    told.clear()

    officer.get("/work/")

    assert told == []


def test_what_changes_something_waits_within_its_transaction(told):
    build_town()
    officer = signed_in("officer")
    told.clear()

    officer.post("/work/people/", {"q": "Смирнова", "why": "check"})
    officer.post("/logout/")

    assert FLUSHED not in [word for word, _open, _waits in told]
    assert all(waits for _word, _open, waits in told)


def test_nothing_is_shown_when_the_look_cannot_be_flushed(monkeypatch):
    town = build_town()
    officer = signed_in("officer")

    def fail() -> None:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(viewing.audit, "flush", fail)

    with pytest.raises(OperationalError):
        officer.get(f"/work/people/{town.mother}/?why=check")


def test_the_setting_ends_with_the_transaction():
    town = build_town()
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        before = cursor.fetchone()

    signed_in("officer").get(f"/work/people/{town.mother}/?why=check")

    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == before
    assert audit.verify().broken_at is None
