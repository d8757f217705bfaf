"""Agreements with agencies: drafted by one administrator, approved by another; the database holds it."""

import pytest
from django.db import DatabaseError, transaction
from tests.rest.test_agency_api import MOTHER, ask
from tests.web.conftest import signed_in
from tests.web.test_acts import post
from tests.web.test_rows import as_web_role

from kazna.contexts.administration import public as administration
from kazna.contexts.disclosure import public as disclosure
from kazna.contexts.disclosure.models import Agreement, Consumer
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
NEW = {
    "code": "metro", "title": "Метрополитен", "number": "1-2026", "purpose": "Проезд", "legal_ground": "Закон",
    "fields_allowed": ["name"], "territories": "77", "per_minute": "5", "per_day": "50", "valid_from": "01.01.2026",
    "reason": "Поручение от 02.03.2026",
}  # fmt: skip


def settle(answer="approve", by="administrator2"):
    (change,) = administration.waiting()
    return post(by, f"/admin/changes/{change.change_id}/", {"answer": answer})


@pytest.fixture
def key(town):
    """Of the system whose agreement two administrators made."""
    assert post("administrator", "/admin/agreements/new/", NEW).status_code == 302
    page = settle().content.decode()
    return page.partition("<code>")[2].partition("</code>")[0]


def headers(key):
    return {"Authorization": f"Bearer {key}", "X-Agreement": "1-2026"}


def address():
    return f"/admin/agreements/{Agreement.objects.get().id}/"


def test_nothing_opens_until_another_person_approves_and_the_key_is_shown_once(town):
    post("administrator", "/admin/agreements/new/", NEW)
    assert not Consumer.objects.exists() and settle(by="administrator").status_code == 409

    page = settle().content.decode()

    assert "metro." in page
    assert "metro." not in signed_in("administrator2").get("/admin/agreements/").content.decode()


def test_fields_limits_and_terms_change_by_two_and_the_key_stays(key):
    assert set(ask(headers(key), snils=MOTHER).json()["fields"]) == {"name"}
    changed = NEW | {"fields_allowed": ["name", "birth_date"], "per_day": "70", "valid_to": "31.12.2026"}

    assert post("administrator", address(), changed).status_code == 302
    assert set(ask(headers(key), snils=MOTHER).json()["fields"]) == {"name"}
    assert settle().status_code == 302

    assert set(ask(headers(key), snils=MOTHER).json()["fields"]) == {"name", "birth_date"}
    page = signed_in("administrator").get(address()).content.decode()
    assert "Дата рождения" in page and "70" in page and page.count("решил(а) administrator2") == 2


def test_one_shuts_at_once_and_two_let_in_again(key):
    post("administrator", "/admin/agreements/metro/shut/", {})
    assert ask(headers(key), snils=MOTHER).status_code == 401

    post("administrator", address(), NEW)
    settle()
    assert ask(headers(key), snils=MOTHER).status_code == 200


WRONG = [
    {"code": "Метро"}, {"number": "x" * 60, "code": "a" * 40}, {"fields_allowed": []}, {"fields_allowed": ["salary"]},
    {"per_day": "0"}, {"valid_from": "31.02.2026"}, {"valid_to": "01.01.2025"}, {"webhook_url": "http://out.example/"},
    {"purpose": ""}, {"territories": "Москва"}, {"title": "\0\0\0"}, {"reason": "x"},
]  # fmt: skip


def test_nonsense_is_refused_with_words(town):
    browser = signed_in("administrator")

    for wrong in WRONG:
        answer = browser.post("/admin/agreements/new/", NEW | wrong)
        assert answer.status_code in (409, 422) and "Исправьте" in answer.content.decode(), wrong
    assert administration.waiting() == []


def test_the_web_cannot_pass_the_second_person_by(key):
    with as_web_role(), acting_as(Viewer("administrator", "administrator")):
        for table, change in ((Agreement, {"per_day": 9}), (Consumer, {"key_digest": "x"}), (Consumer, {"title": "x"})):
            with pytest.raises(DatabaseError, match="two administrators"), transaction.atomic():
                table.objects.update(**change)
        disclosure.shut_consumer(code="metro")
        with pytest.raises(DatabaseError, match="two administrators"), transaction.atomic():
            Consumer.objects.update(is_active=True)
