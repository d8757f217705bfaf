"""Certificates redeemed over the wire by a shop: partly, back, never overspent; help in kind given once."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest
from django.db import connections
from lxml import etree
from tests.contexts.payments.below import granted, stopped
from tests.web.test_rows import as_web_role

from kazna.contexts.integration.readers.schemas import schema_remarks
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.close_certificates import lapse_certificates, stop_certificates
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.plumbing import clock
from kazna.standins.agencies.supplier import Supplier

TODAY, AT = date(2026, 2, 16), "2026-02-16T12:00:00Z"
CHAIR = "30.92.20.000-00000010"
AMOUNT = 5_000_000


def issued(**fields):
    given = {"form": "certificate", "period": "once", "amount_kopecks": AMOUNT, "on": TODAY, **fields}
    award = granted(
        uuid4(),
        "grant",
        **{"first_day": TODAY, **given},
    )
    award = type(award)(**{**{n: getattr(award, n) for n in award.__dataclass_fields__}, "measure": "ru-technical-aid"})
    for _ in range(2):
        issue_certificates([award])
    [state] = payments.certificates_of(person_id=award.recipient_id, on=TODAY)
    return award, state


@pytest.fixture
def shop(client, settings):
    """A shop over Django's own handler of requests, as the web's role."""
    clock.set_day(TODAY)
    settings.KAZNA_AGENCY_KEYS = {"gisec": "key"}

    def carry(request: httpx.Request) -> httpx.Response:
        with as_web_role():
            answer = client.post(
                request.url.path, request.content, content_type="application/xml",
                headers={"X-Agency": request.headers["X-Agency"], "X-Agency-Key": request.headers["X-Agency-Key"]},
            )  # fmt: skip
        return httpx.Response(
            answer.status_code, headers={"Content-Type": answer["Content-Type"]}, content=answer.content
        )

    return Supplier(httpx.Client(transport=httpx.MockTransport(carry)), "http://kazna.test/intake/certificates", "key")


@pytest.mark.django_db
def test_a_certificate_is_spent_in_parts_and_goods_come_back(shop):
    _, state = issued()
    assert (len(state.number), state.last_day) == (25, TODAY + timedelta(days=364))
    known = shop.ask(state.number)
    assert (known.left_kopecks, known.is_taken) == (AMOUNT, True)
    assert schema_remarks(etree.fromstring(known.body), "egisso/10.39.O-1.0.1.xsd") == ()

    first = shop.sell(known, transaction="1", code=CHAIR, kopecks=3_000_000, price=3_500_000, at=AT)
    again = shop.sell(known, transaction="1", code=CHAIR, kopecks=3_000_000, price=3_500_000, at=AT)
    other = shop.sell(known, transaction="1", code=CHAIR, kopecks=3_000_001, price=3_500_000, at=AT)
    beyond = shop.sell(known, transaction="2", code=CHAIR, kopecks=2_000_001, price=2_000_001, at=AT)
    back = shop.sell(known, transaction="3", code=CHAIR, kopecks=1_000_000, price=1_000_000, at=AT, back=True)
    too_much_back = shop.sell(known, transaction="4", code=CHAIR, kopecks=2_000_001, price=2_000_001, at=AT, back=True)

    answers = [(a.left_kopecks, a.is_taken) for a in (first, again, other, beyond, back, too_much_back)]
    assert answers == [
        (2_000_000, True), (2_000_000, True), (2_000_000, False), (2_000_000, False), (3_000_000, True),
        (3_000_000, False),
    ]  # fmt: skip
    assert "другим содержанием" in other.text
    assert "осталось" in beyond.text
    assert schema_remarks(etree.fromstring(beyond.body), "egisso/10.39.O-1.0.1.xsd") == ()


@pytest.mark.django_db
def test_other_goods_a_late_day_and_an_ended_award_are_refused(shop):
    award, state = issued()
    known = shop.ask(state.number)
    other = shop.sell(known, transaction="1", code="99.99.99.999-00000000", kopecks=1, price=1, at=AT)
    clock.set_day(state.last_day + timedelta(days=1))
    late = shop.sell(known, transaction="2", code=CHAIR, kopecks=1, price=1, at=AT)
    clock.set_day(state.last_day + timedelta(days=2))
    stop_certificates([stopped(award, TODAY + timedelta(days=1), clock.today())])
    ended = shop.sell(known, transaction="3", code=CHAIR, kopecks=1, price=1, at=AT)

    assert [a.is_taken for a in (other, late, ended)] == [False] * 3
    assert ("нет" in other.text, "действует" in late.text, "прекращено" in ended.text) == (True, True, True)


def status_of(answer):
    return etree.fromstring(answer.body).findtext(".//{urn://egisso-ru/types/e-certificate/1.1.0}statusCode")


@pytest.mark.django_db
def test_the_messages_follow_the_states_of_a_certificate(shop):
    _, state = issued(last_day=TODAY + timedelta(days=9))
    known = shop.ask(state.number)
    sold = shop.sell(known, transaction="1", code=CHAIR, kopecks=AMOUNT, price=AMOUNT, at=AT)
    back = shop.sell(known, transaction="2", code=CHAIR, kopecks=1_000_000, price=1_000_000, at=AT, back=True)
    clock.set_day(TODAY + timedelta(days=10))
    over = shop.ask(state.number)
    lapse_certificates(clock.today())
    lapsed = shop.ask(state.number)
    late = shop.sell(known, transaction="3", code=CHAIR, kopecks=1_000_000, price=1_000_000, at=AT, back=True)
    again = shop.sell(known, transaction="3", code=CHAIR, kopecks=1_000_000, price=1_000_000, at=AT, back=True)
    refused = shop.sell(known, transaction="4", code=CHAIR, kopecks=1, price=1, at=AT)

    answers = [known, sold, back, over, lapsed, late, again, refused]
    assert [(status_of(one), one.left_kopecks) for one in answers] == [
        ("OWNS0001", AMOUNT), ("OWNS0002", 0), ("OWNS0001", 1_000_000), ("OWNS0003", 1_000_000), ("OWNS0003", 0),
        ("OWNS0003", 0), ("OWNS0003", 0), ("OWNS0003", 0),
    ]  # fmt: skip
    assert [one.is_taken for one in answers] == [True] * 7 + [False]
    assert "деньги вернулись в бюджет" in late.text
    assert all(schema_remarks(etree.fromstring(one.body), "egisso/10.39.O-1.0.1.xsd") == () for one in answers)


@pytest.mark.django_db
def test_a_certificate_that_waits_for_a_limit_does_not_exist_for_a_shop(shop):
    payments.change_limit(
        measure="ru-technical-aid", body="sfr-77", year=2026, change_kopecks=1, document="1", by="officer", on=TODAY
    )
    _, state = issued()
    answer = shop.ask(state.number)

    assert (state.status, answer.is_taken, "не выдавали" in answer.text) == ("OWNS0000", False, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"", b"<a", b"<a/>", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        b"<eCertificateRequest xmlns='urn://egisso-ru/msg/10.40.I/1.1.0'><certificateNumber>1</certificateNumber>"
        b"</eCertificateRequest>",
    ],
)  # fmt: skip
def test_what_is_not_a_message_is_refused_in_words(shop, body):
    answer = shop.post(body)

    assert (answer.is_taken, "Сообщение не принято" in answer.text) == (False, True)


@pytest.mark.django_db
def test_a_wrong_key_and_an_unknown_number_get_nothing(shop):
    unknown = shop.ask("9" * 25)
    shop.key = "stolen"

    assert (unknown.is_taken, unknown.left_kopecks) == (False, None)
    assert shop.ask("9" * 25).text != unknown.text


@pytest.mark.django_db(transaction=True)
def test_ten_shops_at_once_do_not_overspend(live_server, settings):
    clock.set_day(TODAY)
    settings.KAZNA_AGENCY_KEYS = {"gisec": "key"}
    _, state = issued(amount_kopecks=1000)
    address = f"{live_server.url}/intake/certificates"
    taken = []

    def buy(number):
        with httpx.Client(timeout=30) as client:
            shop = Supplier(client, address, "key")
            known = shop.ask(state.number)
            taken.append(shop.sell(known, transaction=str(number), code=CHAIR, kopecks=300, price=300, at=AT).is_taken)
        connections.close_all()

    threads = [threading.Thread(target=buy, args=(n,)) for n in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    [end] = payments.certificates_of(person_id=payments_person(state), on=TODAY)
    assert (sorted(taken), end.left_kopecks) == ([False] * 7 + [True] * 3, 100)


def payments_person(state):
    from kazna.contexts.payments.certificates import Certificate

    return Certificate.objects.get(pk=state.number).recipient_id


@pytest.mark.django_db
def test_help_in_kind_is_given_once_by_one_document():
    award = granted(uuid4(), "grant", form="service")
    issue_certificates([award])
    for _ in range(2):
        payments.give_in_kind(award_id=award.award_id, document="Акт № 5", on=TODAY)

    with pytest.raises(payments.ProvisionRefused, match="Акт № 5"):
        payments.give_in_kind(award_id=award.award_id, document="Акт № 6", on=TODAY)
    with pytest.raises(payments.ProvisionRefused, match="такого назначения"):
        payments.give_in_kind(award_id=uuid4(), document="Акт № 6", on=TODAY)
