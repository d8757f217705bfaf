"""A regional system sends facts as JSON: the same control, once per key, its own body only."""

from __future__ import annotations

import hmac
import json
import re
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.factories.egisso import ident, measure_card, person
from tests.kept_rows import entered_once
from tests.rest.receiver import receiver
from tests.web.conftest import build_town, signed_in

from kazna.cli.egisso.system import system
from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.models import Assignment, LocalMeasure
from kazna.contexts.registers import public as registers
from kazna.contexts.suppliers import public as suppliers
from kazna.contexts.suppliers.models import News
from kazna.contexts.suppliers.tasks import send_news
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain

NOW, ON, BODY = datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 3, 2), "0077.000002"
PACKAGES = "/api/egisso/v1/packages"
pytestmark = pytest.mark.django_db


@pytest.fixture
def key(db) -> str:
    clock.set_day(ON)
    registers.load_kinds()
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=ON)
    return suppliers.give_key(body=BODY, now=NOW)


@pytest.fixture
def town(db):
    return entered_once("town", build_town)


def send(key: str, told: object, *, once: str = "key-00000001", to: str = PACKAGES):
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    body = told if isinstance(told, str) else json.dumps(told)
    return Client().post(to, body, content_type="application/json", headers=headers)


def measure() -> dict:
    card = {**measure_card(), "id": ident("m"), "changed_at": "2026-03-02T09:00:00Z"}
    card["categories"] = [{**card["categories"][0], "id": ident("c")}]
    return {"message": "10.05.I/2.1.0", "package_id": ident("p1"),
            "records": [{"element": "localMSZ", "card": card}]}  # fmt: skip


def facts(*numbers: int) -> dict:
    cards = [
        {"id": ident(n), "body": BODY, "receiver": person(), "measure_id": ident("m"), "category_id": ident("c"),
         "decided_on": "2026-02-05", "first_day": "2026-02-01", "uses_need": False,
         "provision": {"monetaryForm": {"amount": "1000.00"}}}
        for n in numbers
    ]  # fmt: skip
    return {"message": "10.06.S/1.1.0", "package_id": ident(f"p {numbers}"),
            "records": [{"element": "fact", "card": card} for card in cards]}  # fmt: skip


def test_a_measure_and_its_facts_come_as_json(key):
    first, second = send(key, measure(), once="measures-1"), send(key, facts(1, 2), once="facts-001")

    assert (first.json()["accepted"], second.json()) == (1, {"records": 2, "accepted": 2, "rejected": []})
    assert LocalMeasure.objects.get().provider == BODY
    found = Client().get("/api/egisso/v1/measures?q=многодетной", headers={"Authorization": f"Bearer {key}"})
    assert [one["id"] for one in found.json()] == [ident("m")]


def test_a_request_sent_again_changes_nothing_and_another_one_is_refused(key):
    send(key, measure(), once="measures-1")
    answers = [send(key, facts(1)).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2] and Assignment.objects.count() == 1
    assert send(key, facts(2)).status_code == 409


def test_a_check_records_nothing(key):
    answer = send(key, facts(1), to="/api/egisso/v1/check")

    assert [one["rule_code"] for one in answer.json()[0]["remarks"]] == ["014"]
    assert Assignment.objects.count() == 0


BAD = {
    "text": "{",
    "no records": {"message": "10.06.S/1.1.0", "package_id": ident("x"), "records": []},
    "strange message": {"message": "x", "package_id": ident("x"), "records": [{"element": "fact", "card": {}}]},
    "strange record": {"message": "10.06.S/1.1.0", "package_id": ident("x"), "records": [{"element": "y", "card": {}}]},
    "strange shape": {"message": "10.06.S/1.1.0", "package_id": ident("x"),
                      "records": [{"element": "fact", "card": {"receiver": "кто", "provision": 5}}]},
    "too many": {"message": "10.06.S/1.1.0", "package_id": ident("x"),
                 "records": [{"element": "fact", "card": {}}] * 1001},
}  # fmt: skip


@pytest.mark.parametrize("told", BAD.values(), ids=BAD)
def test_what_is_wrong_is_said(key, told):
    answer = send(key, told)

    assert answer.status_code in (400, 422)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("given", ["", "x", f"{BODY}:wrong", f"{BODY}:\x00"])
def test_a_stranger_is_not_let_in(key, given):
    assert send(given, facts(1)).status_code == 401
    suppliers.withdraw_keys(body=BODY, now=NOW)
    assert send(key, facts(1)).status_code == 401


def test_a_system_reads_by_cursor_what_was_taken(key):
    send(key, measure(), once="measures-1")
    send(key, facts(1, 2), once="facts-001")
    send(key, facts(1, 2), once="facts-002")  # the same package again is no news

    drain()

    first = news(key)
    assert [(one["message"], one["records"], one["accepted"]) for one in first["news"]] == [
        ("10.05.I/2.1.0", 1, 1), ("10.06.S/1.1.0", 2, 2),
    ]  # fmt: skip
    assert news(key, after=first["next"]) == {"news": [], "next": first["next"]}


def news(key, after=0):
    return Client().get(f"/api/egisso/v1/news?after={after}", headers={"Authorization": f"Bearer {key}"}).json()


def test_news_go_to_the_address_signed_and_again_until_taken(key):
    with receiver(500, 200) as (address, taken):
        secret = suppliers.set_webhook(body=BODY, url=address, now=NOW)
        send(key, measure(), once="measures-1")
        drain()
        send_news()
        News.objects.update(not_before=NOW)
        send_news()
        send_news()

    (signature, body), again = taken
    assert again == (signature, body)
    assert signature == "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
    assert json.loads(body)["message"] == "10.05.I/2.1.0"


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "ftp://x", "https://", "x"])
def test_an_address_without_tls_is_refused(key, url):
    with pytest.raises(suppliers.AddressRefused):
        suppliers.set_webhook(body=BODY, url=url, now=NOW)


def test_keys_are_given_and_withdrawn_on_the_screen(town):
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=ON)
    page, keeper = f"/egisso/suppliers/{BODY}/system/", signed_in("branch")

    shown = keeper.post(page, {"act": "give"}).content.decode()
    key = re.search(rf"{BODY}:[\w-]+", shown)[0]

    assert news(key) == {"news": [], "next": 0}
    assert key not in keeper.get(page).content.decode()
    assert keeper.post(page, {"act": "address", "url": "http://10.0.0.1/"}).status_code == 422
    assert (
        "https://region.example/"
        in keeper.post(page, {"act": "address", "url": "https://region.example/"}).content.decode()
    )
    keeper.post(page, {"act": "withdraw"})
    assert news(key)["error"]["code"] == "key_wrong"
    assert signed_in("supplier").get(page).status_code == 403


def test_keys_are_given_and_withdrawn_by_command(key):
    given = json.loads(CliRunner().invoke(system, ["key", BODY, "--json"]).output)["key"]

    assert news(given) == {"news": [], "next": 0}
    assert json.loads(CliRunner().invoke(system, ["withdraw", BODY, "--json"]).output)["withdrawn"] == 2
    assert "нет" in CliRunner().invoke(system, ["key", "0000.000000"]).output
