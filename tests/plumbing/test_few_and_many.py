"""A batch about few is found by indexes and planned once; one about many is asked for as ever; both are published."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.plumbing.lamps import LampLit

from kazna.plumbing import outbox
from kazna.plumbing.deliver import FEW_PERSONS, deliver_batch
from kazna.plumbing.models import Delivery, Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told():
    """How each batch was handled: its length, whether tables may be read whole, whether plans are kept."""
    batches: list[tuple[int, str, bool]] = []

    @outbox.consumes(LampLit, name="test.told", stage=1)
    def tell(events):
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_seqscan")
            batches.append((len(events), cursor.fetchone()[0], bool(connection.plans_once)))

    yield batches
    outbox.consumers.pop("test.told")
    outbox._by_event.pop(LampLit)


@pytest.mark.parametrize(("count", "way"), [(FEW_PERSONS, ("off", True)), (FEW_PERSONS + 1, ("on", False))])
def test_a_batch_is_asked_for_by_how_many_it_is_about(told, count, way):
    outbox.publish_many([LampLit("hall", uuid4()) for _ in range(count)])

    deliver_batch()

    assert told == [(count, *way)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)


@pytest.mark.parametrize("count", [1, 3, outbox.FEW, outbox.FEW + 1])
def test_few_events_and_many_are_written_alike(told, count):
    people = [UUID(int=number) for number in range(count)]

    outbox.publish_many([LampLit(f"hall '{person.int}' %s", person) for person in people])

    events = list(Event.objects.order_by("id"))
    assert [event.payload["room"] for event in events] == [f"hall '{person.int}' %s" for person in people]
    assert [(event.kind, event.sort, event.persons, event.things) for event in events] == [
        ("LampLit", "business", [person], []) for person in people
    ]
    assert all(event.sent_at for event in events)
    found = Delivery.objects.order_by("id").values_list("event_id", "event", "consumer", "stage", "payload", "persons")
    assert list(found) == [(one.id, "LampLit", "test.told", 1, one.payload, one.persons) for one in events]


def test_events_nobody_hears_are_written():
    outbox.publish(LampLit("attic", UUID(int=1)))

    assert Event.objects.count() == 1 and Delivery.objects.count() == 0


def test_by_the_bus_nothing_is_delivered_yet(told, settings):
    settings.KAZNA_BUS = "nats://nowhere"
    outbox.publish(LampLit("attic", UUID(int=1)))

    assert Event.objects.get().sent_at is None and Delivery.objects.count() == 0
