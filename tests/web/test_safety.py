"""Headers, forms, hostile input, journalling, and that no view was left without a power."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.factories.people import enter_person
from tests.web.conftest import PASSWORD, TODAY, signed_in

from kazna.contexts.audit import public as audit
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Person
from kazna.web import urls
from kazna.web.powers import EVERYONE

pytestmark = pytest.mark.django_db

PUBLIC = {
    "home",
    "sign_in",
    "sign_in_back",
    "sign_in_leave",
    "sign_out",
    "display",
    "set_language",
    "support",
    "support_situation",
    "support_measure",
    "calculators",
    "calculator",
    "verify",
    "manifest",
    "worker",
    "offline",
    "components",
    "passkey_begin",
    "passkey_finish",
} | {
    "egisso_check",
    "egisso_blank",
    "egisso_apply",
    "portal",
    "portal_measure",
    "portal_data",
    "portal_download",
    "portal_support",
    "studio_obligations",
}


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern


def test_every_view_states_who_may_open_it():
    powers = {view.name: getattr(view.callback, "powers", None) for view in views(urls.urlpatterns)}

    assert [name for name, roles in powers.items() if not roles] == []
    assert {name for name, roles in powers.items() if EVERYONE in roles} == PUBLIC


def test_errors_have_our_own_pages(town):
    assert "Страница не найдена" in Client().get("/no-such-page/").content.decode()
    assert "не открыт" in signed_in("citizen").get("/work/").content.decode()
    assert {name: get_resolver().resolve_error_handler(name).__module__ for name in (403, 404, 500)} == dict.fromkeys(
        (403, 404, 500), "kazna.web.errors"
    )


def test_a_crash_is_told_in_russian_and_leaves_nothing_behind(town, monkeypatch):
    browser = signed_in("officer")
    browser.raise_request_exception = False
    monkeypatch.setattr("kazna.web.officer.people.registers.timeline", lambda _person_id: 1 / 0)
    before = audit.verify().rows

    response = browser.get(f"/work/people/{town.mother}/")

    assert (response.status_code, "У нас сбой" in response.content.decode()) == (500, True)
    assert audit.verify().rows == before


def test_pages_are_not_framed_sniffed_cached_or_fed_with_scripts(town):
    headers = signed_in("citizen").get("/my/").headers

    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Cache-Control"] == "no-store"


def test_pages_obey_their_own_policy(town):
    for role, address in [("citizen", "/my/"), ("officer", "/monitor/"), ("officer", "/work/people/")]:
        page = signed_in(role).get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|<script(?! src=\"/static/)|\son\w+=|https?://(?!www\.w3\.org)", page)


def test_a_form_without_its_token_is_refused_kindly(town):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post("/login/", {"login": "mother", "password": PASSWORD})

    assert (response.status_code, "Страница устарела" in response.content.decode()) == (403, True)


def test_signing_in_never_leads_to_another_site(town):
    for hostile in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]:
        response = Client().post("/login/", {"login": "mother", "password": PASSWORD, "next": hostile})
        assert response.headers["Location"] == "/begin/"


def test_names_are_text_and_never_markup(town):
    hostile = "<script>alert('x')</script>"
    enter_person(
        556677889, hostile, '"><img src=x onerror=alert(1)>', "&lt;b&gt;", TODAY.replace(year=1990), "F", on=TODAY
    )
    person = Person.objects.get(surname=hostile)
    officer = signed_in("officer")

    for address in ("/work/people/?q=%3Cscript&why=check", f"/work/people/{person.id}/"):
        page = officer.get(address).content.decode()
        assert "&lt;script&gt;alert(" in page
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_look_at_a_person_is_journalled_and_seen_by_that_person(town):
    signed_in("officer").get(f"/work/people/{town.mother}/?why=complaint")

    (entry,) = audit.looks_at(town.mother)
    page = signed_in("mother").get("/my/looks/").content.decode()

    assert (entry.act, entry.login, entry.role, entry.body) == ("look", "officer", "officer", "sfr-77")
    assert entry.purpose == "Обращение или жалоба"
    assert "Обращение или жалоба" in page
    assert audit.verify().broken_at is None


def test_a_search_is_journalled_too(town):
    signed_in("officer").get("/work/people/?q=Смирнова&why=call")

    (entry, *_) = audit.entries(act="search")

    assert entry.purpose == "Звонок гражданина: Смирнова"


@pytest.mark.parametrize(
    ("bik", "account", "problem"),
    [
        ("", "", "Введите БИК банка"),
        ("12", "40817810938160000001", "В БИК должно быть 9 цифр"),
        ("044525225", "4081781093816000000", "В номере счёта должно быть 20 цифр"),
        ("044525225", "40817810938160000009", "не подходят друг к другу"),
        ("044525225", "2202200112345678", "Номер карты не подойдёт"),
        ("<b>", "x" * 5000, "В БИК должно быть 9 цифр"),
        ("٠٤٤٥٢٥٢٢٥", "40817810938160000001", "В БИК должно быть 9 цифр"),
    ],
)
def test_a_wrong_account_is_explained(town, bik, account, problem):
    response = signed_in("mother").post("/my/account/", {"bik": bik, "account": account})

    assert (response.status_code, problem in response.content.decode()) == (422, True)
    assert registers.facts_of([town.mother], kinds=["person.account"]) == []


@pytest.mark.parametrize("address", ["/my/payments/", "/my/inbox/", "/my/looks/", "/work/", "/work/quarantine/"])
@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "2026-02-30_1", "' OR 1=1", "2026-02-16_9cb8437c"])
def test_a_hostile_page_key_means_the_first_page(town, address, after):
    role = "citizen" if address.startswith("/my") else "officer"

    assert signed_in(role).get(address, {"after": after}).status_code == 200


def test_display_settings_are_kept_and_nonsense_is_refused():
    browser = Client()

    assert (
        browser.post("/settings/display/", {"size": "huge", "colours": "contrast", "next": "/login/"}).url == "/login/"
    )
    assert 'data-size="huge" data-colours="contrast"' in browser.get("/login/").content.decode()
    assert browser.post("/settings/display/", {"size": "giant", "colours": "pink"}).status_code == 422
    browser.cookies["kazna_display"] = '"><script>'
    assert 'data-size="normal"' in browser.get("/login/").content.decode()
