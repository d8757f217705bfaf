"""Sessions of the database that threads of the web lend one another."""

import threading

import pytest
from django.db import connection, transaction

from kazna.plumbing.session import base
from kazna.plumbing.session.spare import MOST, Spare

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def lent(monkeypatch):
    """As in the web; all that was lent is ended afterwards."""
    connection.close()
    spare = Spare()
    spare.lend()
    monkeypatch.setattr(base, "spare", spare)
    yield
    connection.close()
    while taken := spare.take(lambda _socket: True):
        taken[0].close()


def session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def request() -> int:
    """The session a request of this thread had."""
    connection.close_if_unusable_or_obsolete()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.role', 'officer', true)")
        process = session()
    connection.close_if_unusable_or_obsolete()
    return process


def elsewhere(work) -> list:
    found: list = []

    def beside() -> None:
        found.append(work())
        connection.close()

    thread = threading.Thread(target=beside)
    thread.start()
    thread.join()
    return found


def test_another_thread_takes_the_session_that_was_used_last():
    assert elsewhere(request) == [request()]


def test_powers_do_not_go_along():
    request()

    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.role', true), '')")

        assert cursor.fetchone()[0] == ""


def test_a_session_in_a_transaction_stays_with_its_thread():
    with transaction.atomic():
        mine = session()

        assert elsewhere(request) != [mine]
        assert session() == mine


def test_an_ended_session_is_not_lent():
    ended = request()
    with transaction.atomic():
        session()  # the lent one
        other = elsewhere(request)[0]
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other])
    connection.close_if_unusable_or_obsolete()

    assert request() == ended
    assert elsewhere(request) == [ended]


def test_no_more_are_kept_than_pages_are_made_at_once():
    begun = threading.Barrier(MOST + 2)

    def together() -> None:
        connection.close_if_unusable_or_obsolete()
        session()
        begun.wait(10)
        connection.close_if_unusable_or_obsolete()
        connection.close()

    threads = [threading.Thread(target=together) for _ in range(MOST + 2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    kept = 0
    while taken := base.spare.take(lambda _socket: True):
        taken[0].close()
        kept += 1
    assert kept == MOST


def test_where_nothing_is_lent_a_thread_keeps_its_own():
    base.spare.lend(False)

    assert request() == request()
    assert elsewhere(request) != [request()]
