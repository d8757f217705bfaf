"""Two posts at the same moment: one is taken, the other waits and sees it."""

import threading

import pytest
from django.db import connection, transaction
from tests.contexts.integration.messages import birth, zipped
from tests.contexts.integration.test_intake import post

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import IntakeDocument
from kazna.contexts.integration.public import DocumentStatus

pytestmark = pytest.mark.django_db(transaction=True)


def take_at_once(first: bytes, second: bytes) -> list[list[DocumentStatus]]:
    """Both deliveries are opened before either commits, as far as the database lets them."""
    outcomes: list[list[DocumentStatus]] = [[], []]
    started = threading.Barrier(2)

    def take(place: int, payload: bytes) -> None:
        try:
            with transaction.atomic():
                started.wait(5)
                documents = post(payload)
                integration.accept(documents=[one for one in documents if one.status == DocumentStatus.RECEIVED])
            outcomes[place] = [one.status for one in documents]
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=given) for given in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def test_the_same_batch_twice_at_once_is_recorded_once():
    names = [str(number) for number in range(30)]
    forth = zipped({f"{name}.xml": birth(number=name) for name in names})
    back = zipped({f"{name}.xml": birth(number=name) for name in reversed(names)})

    outcomes = take_at_once(forth, back)

    assert sorted({status for one in outcomes for status in one}) == [DocumentStatus.DUPLICATE, DocumentStatus.RECEIVED]
    assert sum(one.count(DocumentStatus.RECEIVED) for one in outcomes) == 30
    assert IntakeDocument.objects.filter(status=DocumentStatus.ACCEPTED).count() == 30


def test_two_bodies_of_one_act_at_once_do_not_both_enter():
    outcomes = take_at_once(birth(), birth(forename="Павел"))

    assert sorted(status for one in outcomes for status in one) == [
        DocumentStatus.QUARANTINED,
        DocumentStatus.RECEIVED,
    ]
