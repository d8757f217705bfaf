"""A regional system sends facts as JSON: the same control, once per key, its own body only."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.factories.egisso import ident, measure_card, person

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.models import Assignment, LocalMeasure
from kazna.contexts.registers import public as registers
from kazna.contexts.suppliers import public as suppliers
from kazna.plumbing import clock

NOW, ON, BODY = datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 3, 2), "0077.000002"
PACKAGES = "/api/egisso/v1/packages"
pytestmark = pytest.mark.django_db


@pytest.fixture
def key(db) -> str:
    clock.set_day(ON)
    registers.load_kinds()
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=ON)
    return suppliers.give_key(body=BODY, now=NOW)


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
