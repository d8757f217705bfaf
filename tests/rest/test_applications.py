"""Applications from machines: once under a key, questions first, hostile bodies."""

import json

import pytest
from django.test import Client
from tests.web.conftest import town  # noqa: F401  the same small town

from kazna.contexts.cases.models import Application
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings, town):  # noqa: F811
    cards = registers.cards([town.mother, town.child])
    body = {
        "measure": "ru-child-benefit",
        "recipient_snils": cards[town.mother].snils,
        "subject_snils": cards[town.child].snils,
    }

    def call(path="", *, key="key-00000001", agency="epgu", method="post", **more):
        headers = {"X-Agency": agency, "X-Agency-Key": settings.KAZNA_AGENCY_KEYS.get(agency, "")}
        if key:
            headers["Idempotency-Key"] = key
        if method == "get":
            return Client().get(f"/api/applications/{path}", headers=headers)
        return Client().post(
            f"/api/applications/{path}", data=json.dumps({**body, **more}), content_type="application/json",
            headers=headers,
        )  # fmt: skip

    return call


def filled(call) -> dict[str, str]:
    asked = call("questions").json()
    answers: dict[str, str] = {}
    while asked:
        answers[asked[0]["id"]] = "нет" if asked[0]["type"] == "yes_no" else "0"
        asked = call("questions", answers=answers).json()
    return answers


def test_questions_first_then_once_under_a_key(call):
    answers = filled(call)

    first, second = call(answers=answers), call(answers=answers)
    drain()

    assert (first.status_code, first.json()["number"]) == (200, second.json()["number"])
    assert call(answers={**answers, "x": "y"}).status_code == 409
    assert Application.objects.count() == 1
    shown = call(first.json()["number"], method="get").json()
    assert (shown["state"], shown["case_state"]) == ("filed", "collecting")
    assert call(first.json()["number"], method="get", agency="zags").status_code == 404
    assert call(first.json()["number"] + "/withdraw", agency="zags").status_code == 404
    assert call(first.json()["number"] + "/withdraw").json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"measure": "no-such"}, 422),
        ({"recipient_snils": "000-000-000 00"}, 422),
        ({"recipient_snils": "' OR 1=1 --"}, 422),
        ({"unknown": 1}, 422),
        ({"answers": {"family.property_excess": "<script>"}}, 422),
        ({"answers": {}}, 422),
        ({"answers": {"a": {"b": 1}}}, 422),
        ({"channel": "carrier pigeon"}, 422),
        ({"key": ""}, 422),
        ({"agency": "nobody"}, 401),
    ],
)
def test_bad_bodies_are_told_and_store_nothing(call, more, status):
    response = call(**more)

    assert response.status_code == status
    assert response.json()["error"]["what"]
    assert Application.objects.count() == 0
