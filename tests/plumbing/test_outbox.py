"""Events reach each consumer once, whatever fails."""

from dataclasses import dataclass, replace

import pytest

from kazna.plumbing import outbox
from kazna.plumbing.deliver import drain, waiting
from kazna.plumbing.models import Delivery


@dataclass(frozen=True)
class LampLit:
    room: str


@pytest.fixture
def heard():
    rooms: list[str] = []

    @outbox.consumes(LampLit, name="test.hear", stage=1)
    def hear(events):
        if any(event.room == "cellar" for event in events):
            raise RuntimeError("it is dark")
        rooms.extend(event.room for event in events)

    yield rooms
    outbox.consumers.pop("test.hear")
    outbox._by_event.pop(LampLit)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_handled_once(heard):
    outbox.publish(LampLit("hall"), LampLit("attic"))

    drain()
    drain()

    assert heard == ["hall", "attic"]


@pytest.mark.django_db(transaction=True)
def test_one_bad_event_does_not_hold_the_others(heard):
    outbox.publish(LampLit("hall"), LampLit("cellar"), LampLit("attic"))

    drain()

    assert heard == ["hall", "attic"]
    assert Delivery.objects.get(handled_at=None).error.startswith("RuntimeError")
    assert waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_of_what_it_cannot_want_there_is_no_delivery(heard):
    outbox.consumers["test.hear"] = wanting = replace(
        outbox.consumers["test.hear"], wants=lambda event: event.room != "cellar"
    )
    outbox._by_event[LampLit] = [wanting]
    outbox.publish(LampLit("hall"), LampLit("cellar"))

    assert Delivery.objects.count() == 1 and waiting() == 1
    drain()
    assert heard == ["hall"]
