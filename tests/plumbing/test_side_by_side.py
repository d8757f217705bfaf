"""Work side by side: in sessions of their own, but where a transaction is open or there is one item: here."""

import pytest
from django.db import connection, transaction

from kazna.plumbing import side_by_side as plumbing
from kazna.plumbing.side_by_side import side_by_side


def session(_item):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_items_are_worked_on_elsewhere_unless_a_transaction_is_open(monkeypatch):
    monkeypatch.setattr(plumbing, "SESSIONS", 2)
    here = session(None)
    assert here not in side_by_side(session, [1, 2, 3])
    assert list(side_by_side(session, [1])) == [here]
    with transaction.atomic():
        assert list(side_by_side(session, [1, 2])) == [here, here]


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_told_and_the_others_have_done_their_work(monkeypatch):
    monkeypatch.setattr(plumbing, "SESSIONS", 2)
    done = []

    def work(item):
        if item == 1:
            raise ValueError("one")
        done.append(item)

    with pytest.raises(ValueError, match="one"):
        list(side_by_side(work, [1, 2, 3]))
    assert done == [2, 3]
