"""Our data for others: only what the agreement allows, counted, journalled, seen by the person."""

import hmac
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from lxml import etree
from tests.factories.people import cause, fact
from tests.kept_rows import entered_once
from tests.rest.receiver import receiver
from tests.web.conftest import TODAY, build_town, signed_in

from kazna.contexts.audit import public as audit
from kazna.contexts.disclosure import public as disclosure
from kazna.contexts.disclosure.models import Change, Disclosed, Subscription
from kazna.contexts.disclosure.tasks import send_changes
from kazna.contexts.registers import public as registers
from kazna.kernel.places import FORMATS
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
MOTHER = "112-233-445 95"
TERMS = disclosure.NewAgreement(
    number="77-12/2026", purpose="Льготы на проезд", legal_ground="Закон Энской области № 7-ОЗ, статья 3",
    fields=("name", "birth_date", "awards"), territories=("77",), changes=("FactsChanged", "AwardGranted"),
    needs_consent=False, per_minute=1000, per_day=1000, valid_from=TODAY, valid_to=None,
)  # fmt: skip


@pytest.fixture
def town(db):
    return entered_once("town", build_town)


def opened(**changes):
    """Headers of a consumer with this agreement."""
    terms = replace(TERMS, **changes)
    key, secret = disclosure.open_consumer(code="metro", title="Метрополитен", agreement=terms)
    return {"Authorization": f"Bearer {key}", "X-Agreement": terms.number, "secret": secret}


def ask(headers, path="people", **body):
    return Client().post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers)


def test_only_the_fields_of_the_agreement_are_given_and_the_person_sees_it(town):
    answer = ask(opened(), snils=MOTHER, request_id="q-1")

    assert answer.status_code == 200, answer.content.decode()
    given = answer.json()["fields"]
    assert set(given) == {"name", "birth_date", "awards"}
    assert given["name"]["surname"] == "Смирнова"
    page = signed_in("mother").get("/my/shared/").content.decode()
    assert "Метрополитен" in page and "Льготы на проезд" in page
    assert audit.looks_at(town.mother)[0].act == "disclose"
    assert audit.looks_at(town.mother)[0].login == "metro"


def test_fields_are_narrowed_but_never_widened(town):
    given = ask(opened(), snils=MOTHER, fields=["name", "disability"]).json()["fields"]

    assert set(given) == {"name"}


def test_another_territory_and_nobody_are_answered_alike(town):
    headers = opened(territories=("50",))

    elsewhere, nobody = ask(headers, snils=MOTHER), ask(headers, snils="001-001-998 00")

    assert elsewhere.status_code == nobody.status_code == 404
    assert elsewhere.content == nobody.content
    assert Disclosed.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Authorization": "Bearer metro.wrong"}, 401),
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer nobody.x"}, 401),
        ({"X-Agreement": "other"}, 403),
        ({"X-Agreement": "x" * 100}, 422),
    ],
)
def test_strangers_get_nothing(town, change, status):
    assert ask(opened() | change, snils=MOTHER).status_code == status


def test_a_shut_consumer_gets_nothing(town):
    headers = opened()
    signed_in("administrator").post("/admin/agreements/metro/shut/")

    assert ask(headers, snils=MOTHER).status_code == 401


def test_a_certificate_of_the_trusted_proxy_opens_too(town, settings):
    disclosure.open_consumer(code="metro", title="Метрополитен", agreement=TERMS, certificate="ab" * 32)
    headers = {"X-Client-Fingerprint": "AB" * 32, "X-Agreement": TERMS.number}

    assert ask(headers, snils=MOTHER).status_code == 401  # not asked of anybody but a proxy
    settings.KAZNA_CERTIFICATE_HEADER = "X-Client-Fingerprint"
    assert ask(headers, snils=MOTHER).status_code == 200


def test_limits_say_when_to_come_again(town):
    headers = opened(per_minute=2)

    statuses = [ask(headers, snils=MOTHER).status_code for _ in range(3)]
    last = ask(headers, snils=MOTHER)

    assert statuses.count(429) >= 1 or last.status_code == 429
    assert 1 <= int(last["Retry-After"]) <= 61


def test_consent_is_given_and_taken_back_in_the_cabinet(town):
    headers = opened(needs_consent=True)
    (asked,) = disclosure.consents_of(town.mother, on=TODAY)
    browser = signed_in("mother")

    before = ask(headers, snils=MOTHER)
    browser.post(f"/my/shared/{asked.agreement_id}/", {"answer": "give"})
    allowed = ask(headers, snils=MOTHER)
    ask(headers, "subscriptions", snils=MOTHER)
    browser.post(f"/my/shared/{asked.agreement_id}/", {"answer": "withdraw"})
    after = ask(headers, snils=MOTHER)

    assert [before.status_code, allowed.status_code, after.status_code] == [403, 200, 403]
    assert "в личном кабинете" in before.json()["error"]["what"]
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"snils": 1}', b'{"snils": "1"}', b'{"snils": "112-233-445 95", "x": 1}']
)
def test_a_wrong_body_is_said_where_and_never_repeated(town, body):
    answer = Client().post("/api/v1/people", body, content_type="application/json", headers=opened())

    assert answer.status_code in (400, 422)
    assert "112-233" not in answer.content.decode()


def change_something(town):
    registers.report(
        [fact("person.citizenship", town.mother, TODAY, {"oksm": "051", "by_birth": False})],
        source="mvd", on=TODAY, cause=cause(TODAY),
    )  # fmt: skip
    drain()


def test_changes_are_pulled_by_a_cursor_that_repeats_itself(town):
    headers = opened()
    person_id = ask(headers, "subscriptions", snils=MOTHER).json()["person_id"]

    change_something(town)
    first = Client().get("/api/v1/changes", headers=headers).json()
    again = Client().get("/api/v1/changes", headers=headers).json()
    later = Client().get(f"/api/v1/changes?after={first['next']}", headers=headers).json()

    assert {one["person_id"] for one in first["changes"]} == {person_id}
    assert first == again
    assert later == {"changes": [], "next": first["next"]}
    assert Client().delete(f"/api/v1/subscriptions/{person_id}", headers=headers).status_code == 204
    assert Client().delete(f"/api/v1/subscriptions/{uuid4()}", headers=headers).status_code == 404


def test_changes_are_sent_signed_and_again_until_taken(town):
    with receiver(500, 200) as (address, taken):
        headers = opened(webhook_url=address, changes=("FactsChanged",))
        ask(headers, "subscriptions", snils=MOTHER)
        change_something(town)
        send_changes()
        failed = Change.objects.get()
        Change.objects.update(not_before=failed.happened_at)
        send_changes()
        send_changes()

    assert (failed.attempts, failed.error) == (1, "HTTP 500")
    assert len(taken) == 2 and taken[0] == taken[1]
    signature, body = taken[0]
    assert signature == "sha256=" + hmac.new(headers["secret"].encode(), body, "sha256").hexdigest()
    assert MOTHER.encode() not in body


def package(snils="11223344595", flags=""):
    text = (FORMATS / "samples" / "10.13.I-2.0.0.request.xml").read_text()
    text = text.replace("11737784886", snils).replace("2019-03-01", "2026-01-01").replace("2020-03-01", "2026-12-31")
    return text.replace(f"<ns1:{flags}>false", f"<ns1:{flags}>true") if flags else text


def send(headers, body):
    return Client().post("/api/v1/egisso/10.13.I", body, content_type="application/xml", headers=headers)


def test_a_statement_by_snils_is_official(town):
    answer = send(opened(), package())

    root = etree.fromstring(answer.content)
    etree.XMLSchema(etree.parse(FORMATS / "xsd" / "egisso" / "10.13.I-2.0.0.xsd")).assertValid(root)
    assert answer["Content-Type"].startswith("application/xml")
    assert root.findtext("{*}packageUid") == "04a5aee7-57ca-4f9f-8517-7736cea8a664"
    titles = [one.text for one in root.iter("{*}lmszTitle")]
    assert titles, answer.content.decode()
    assert Disclosed.objects.get().asked == "cbccd6bd-2451-454d-819d-ae23166a6363"


def test_one_request_that_cannot_be_answered_does_not_spoil_the_package(town):
    unknown = etree.fromstring(send(opened(), package("00100199800")).content)
    asked_more = etree.fromstring(send(opened(number="2"), package(flags="incomesInclude")).content)
    printed = etree.fromstring(send(opened(number="3"), package(flags="pdfInclude")).content)

    assert "не предоставляются" in unknown.findtext(".//{*}error/{*}message")
    assert "Выплаты и вознаграждения" in asked_more.findtext(".//{*}error/{*}message")
    assert "Печатная форма" in printed.findtext(".//{*}error/{*}message")


@pytest.mark.parametrize(
    "body",
    ["", "<a/>", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "<a" + "x" * 2_000_000,
     '<requestPackage xmlns="urn://egisso-ru/msg/10.13.I/2.0.0"/>'],
)  # fmt: skip
def test_a_package_that_is_none_is_refused_in_words(town, body):
    answer = send(opened(), body)

    assert answer.status_code == 409
    assert "пакет" in answer.json()["error"]["what"].lower() or "requestPackage" in answer.json()["error"]["what"]


def test_the_description_is_a_page(town):
    page = Client().get("/api/v1/").content.decode()

    assert "POST /api/v1/people" in page
