"""Open pages of the law are made once for all strangers, and for nobody else."""

from dataclasses import replace
from datetime import date

import pytest
from tests.web.conftest import TODAY, signed_in

from kazna.plumbing import clock
from kazna.web import kept_pages
from kazna.web.support import measure as decision_page

pytestmark = pytest.mark.django_db

PAGE = "/support/measures/ru-child-benefit/"
PACKS = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture(autouse=True)
def keeps(settings):
    settings.KAZNA_KEPT_PAGES = 3
    kept_pages.forget()
    yield
    kept_pages.forget()


@pytest.fixture
def made(monkeypatch):
    """How often the decision page was made."""
    times = []
    real = decision_page.render
    monkeypatch.setattr(decision_page, "render", lambda *told, **named: times.append(1) or real(*told, **named))
    return times


def test_made_once_and_the_same_as_when_it_is_made_for_one(client, made, settings):
    first, second = client.get(PAGE), client.get(PAGE)
    settings.KAZNA_KEPT_PAGES = 0
    own = client.get(PAGE)

    assert len(made) == 2
    assert first.content == second.content == own.content
    for name in ("Content-Type", "Cache-Control", "Content-Language", "Content-Security-Policy", "Content-Length"):
        assert second.headers[name] == own.headers[name]


def test_packed_for_whom_takes_it_and_plain_for_the_rest(client):
    packed, plain = client.get(PAGE, **PACKS), client.get(PAGE)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.content.startswith(b"<!doctype html>")


def test_who_has_it_is_told_that_it_has_not_changed(client):
    tag = client.get(PAGE, **PACKS).headers["ETag"]

    assert client.get(PAGE, HTTP_IF_NONE_MATCH=tag, **PACKS).status_code == 304


@pytest.mark.parametrize("cookie", [("django_language", "en"), ("kazna_display", "huge.dark"), ("kazna_region", "66")])
def test_language_look_and_region_have_pages_of_their_own(client, made, cookie):
    usual = client.get(PAGE).content
    client.cookies[cookie[0]] = cookie[1]

    assert client.get(PAGE).content != usual
    assert len(made) == 2


def test_a_chosen_region_is_remembered_by_every_browser(client, made):
    client.get(f"{PAGE}?region=66")
    client.cookies.clear()
    answer = client.get(f"{PAGE}?region=66")

    assert len(made) == 1
    assert answer.cookies["kazna_region"].value == "66"


def test_another_day_and_another_law_make_it_anew(client, made, monkeypatch):
    clock.set_day(TODAY)
    client.get(PAGE)
    clock.set_day(date.fromordinal(TODAY.toordinal() + 1))
    client.get(PAGE)

    assert len(made) == 2

    law = replace(kept_pages.measures.law_in_force(), digest="another")
    monkeypatch.setattr(kept_pages.measures, "law_in_force", lambda: law)
    client.get(PAGE)

    assert len(made) == 3


def test_who_has_signed_in_is_shown_his_own(town, client):
    client.get(PAGE)

    assert "Выйти" in signed_in("officer").get(PAGE).content.decode()
    assert "Выйти" not in client.get(PAGE).content.decode()


def test_only_so_many_are_kept(client, made):
    for region in ("", "?region=66", "?region=45", "?region=50"):
        client.get(PAGE + region)
    client.get(PAGE)

    assert len(made) == 5


def test_what_is_not_there_is_not_kept(client):
    assert client.get("/support/measures/nothing/").status_code == 404
    assert client.get("/support/measures/nothing/").status_code == 404
