"""Administration through its screens: two people, previews, nonsense told kindly, closed accounts out at once."""

import pytest
from tests.web.conftest import PASSWORD, signed_in
from tests.web.test_acts import post

from kazna.contexts.administration import public as administration
from kazna.contexts.identity import public as identity
from kazna.plumbing import tunables

pytestmark = pytest.mark.django_db
WHY = "Приказ № 15 от 02.03.2026"
NEW = {
    "login": "newcomer", "role": "officer", "shown_name": "Новикова Анна", "body": "sfr-77", "duties": ["supervise"],
    "reason": WHY,
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    tunables.forget()
    yield
    tunables.forget()


def test_two_administrators_open_an_account(town):
    proposed = post("administrator", "/admin/accounts/new/", NEW)
    (change,) = administration.waiting()
    own = post("administrator", f"/admin/changes/{change.change_id}/", {"answer": "approve"})
    done = post("administrator2", f"/admin/changes/{change.change_id}/", {"answer": "approve"})
    twice = post("administrator2", f"/admin/changes/{change.change_id}/", {"answer": "approve"})

    assert (proposed.status_code, own.status_code, done.status_code, twice.status_code) == (302, 409, 200, 409)
    assert "Больше мы его не покажем" in done.content.decode()
    assert "newcomer" in [one.login for one in identity.staff(body="sfr-77")]
    assert "Новикова Анна" in signed_in("administrator").get("/admin/").content.decode()


def test_a_closed_account_is_out_with_its_next_request(town):
    officer = signed_in("officer")
    post("administrator", "/admin/accounts/officer/close/", {"reason": WHY})
    (change,) = administration.waiting()

    assert officer.get("/work/").status_code == 200
    post("administrator2", f"/admin/changes/{change.change_id}/", {"answer": "approve"})

    assert officer.get("/work/").status_code == 302
    assert officer.post("/login/", {"login": "officer", "password": PASSWORD}).status_code != 302


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("accounts/new/", {}),
        ("accounts/new/", NEW | {"login": "<script>"}),
        ("accounts/new/", NEW | {"role": "citizen"}),
        ("accounts/new/", NEW | {"body": "sfr-99"}),
        ("accounts/new/", NEW | {"reason": "x"}),
        ("accounts/new/", NEW | {"shown_name": "я" * 5000}),
        ("accounts/new/", NEW | {"duties": ["all"]}),
        ("accounts/officer/close/", {}),
        ("bodies/", {"what": "body", "code": "'; --", "title": "x", "reason": WHY}),
        ("bodies/", {"what": "king", "code": "sfr-53", "title": "Орган", "reason": WHY}),
        ("bodies/sfr-77/close/", {"reason": WHY}),
        ("settings/claim_minutes/", {"value": "٢", "reason": WHY}),
        ("settings/claim_minutes/", {"value": "9" * 400, "reason": WHY}),
        ("texts/letter/", {"value": "{happened}", "reason": WHY}),
        ("texts/letter/", {"value": "{x}", "do": "preview"}),
        ("journal/?person=1", None),
        ("journal/?since=31.02.2026", None),
    ],
)
def test_nonsense_is_refused_with_words(town, address, data):
    browser = signed_in("administrator")

    response = browser.get(f"/admin/{address}") if data is None else browser.post(f"/admin/{address}", data)

    assert response.status_code in (409, 422)
    assert "Исправьте" in response.content.decode()
    assert administration.waiting() == []


@pytest.mark.parametrize("address", ["accounts/nobody/", "settings/letter/", "settings/x/", "texts/claim_minutes/"])
def test_what_is_not_there_is_404(town, address):
    assert signed_in("administrator").get(f"/admin/{address}").status_code == 404


def test_a_text_is_seen_before_it_is_proposed(town):
    text = "Здравствуйте!\n\n{happened}\n\n{why}\n\n{next_step}"
    shown = signed_in("administrator").post("/admin/texts/letter/", {"value": text, "do": "preview"}).content.decode()

    assert ('<p lang="ru">Здравствуйте!</p>' in shown, "28 450 рублей" in shown) == (True, True)
    assert administration.waiting() == []
    post("administrator", "/admin/texts/letter/", {"value": text, "reason": WHY})
    assert [one.target for one in administration.waiting()] == ["letter"]


def test_a_setting_works_at_once_and_is_remembered(town):
    post("administrator", "/admin/settings/soon_days/", {"value": "7", "reason": WHY})

    assert administration.setting("soon_days") == 7
    assert "· Седов Олег Ильич — 7" in signed_in("administrator").get("/admin/settings/soon_days/").content.decode()


def test_the_journal_is_searched_exported_and_the_search_written(town):
    signed_in("officer").get(f"/work/people/{town.mother}/?why=call")
    browser = signed_in("administrator")

    page = browser.get("/admin/journal/", {"login": "officer", "person": str(town.mother)}).content.decode()
    table = browser.get("/admin/journal/", {"login": "officer", "format": "csv"}).content.decode()

    assert ("Звонок гражданина" in page, "Смирнова" in page) == (True, False)
    assert "Звонок гражданина" in table
    assert "Поиск в журнале" in browser.get("/admin/journal/?act=search").content.decode()
