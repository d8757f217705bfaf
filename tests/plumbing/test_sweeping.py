"""A worker that handles many leaves no trail that every later look walks."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.plumbing.lamps import LampLit

from kazna.plumbing import outbox, sweeping
from kazna.plumbing.deliver import drain

LOOK = """
    EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)
    SELECT id FROM plumbing_delivery WHERE consumer = 'test.hear' AND handled_at IS NULL ORDER BY id LIMIT 1
"""


@pytest.fixture
def heard():
    rooms: list[str] = []
    kept = dict(outbox.consumers)
    outbox.consumers.clear()
    outbox.consumes(LampLit, name="test.hear", stage=1)(lambda events: rooms.extend(event.room for event in events))
    yield rooms
    outbox.consumers.clear()
    outbox.consumers.update(kept)
    outbox._by_event.pop(LampLit)


@pytest.mark.django_db(transaction=True)
def test_the_trail_of_the_handled_is_swept(heard, monkeypatch):
    monkeypatch.setattr(sweeping, "EVERY", 6_000)
    outbox.publish_many([LampLit(str(number), uuid4()) for number in range(6_000)])

    drain()

    assert len(heard) == 6_000
    assert _pages_looked_at() < 10


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_swept(heard, monkeypatch):
    monkeypatch.setattr(sweeping, "EVERY", 1)
    outbox.publish(LampLit("hall", uuid4()))

    with transaction.atomic():
        drain()

    assert heard == ["hall"]


def _pages_looked_at() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(LOOK)
        plan = cursor.fetchone()[0][0]["Plan"]
        cursor.execute("RESET enable_seqscan")
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
