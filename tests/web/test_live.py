"""Live pages: a stream rings when what is shown has changed, for those who may see it, in a browser too."""

import re
import time

import pytest
from playwright.sync_api import expect
from tests.web.browser import DESKTOP, chromium, needs_chromium, sign_in
from tests.web.conftest import build_town, signed_in
from tests.web.scenes import offer_of, waiting_case

from kazna.contexts.cases.models import Case
from kazna.plumbing import bell
from kazna.plumbing.outbox import wake
from kazna.web import live


@pytest.mark.django_db
def test_a_stream_rings_once_for_a_change(town, settings, monkeypatch):
    settings.KAZNA_LIVE_SECONDS = 60
    monkeypatch.setattr(live, "EACH_SECONDS", 0)
    monkeypatch.setattr(live.bell, "wait", lambda heard, _seconds: heard + 1)
    offer = offer_of(town, "ru-child-benefit")
    stream = signed_in("mother").get(f"/live/cases/{offer.case_id}/")
    lines = iter(stream.streaming_content)

    assert (stream.headers["Content-Type"], next(lines)) == ("text/event-stream", b"retry: 2000\n\n")
    Case.objects.filter(id=offer.case_id).update(state="closed")
    assert [next(lines).partition(b"\n")[0] for _ in range(3)] == [b"event: changed", b": ", b": "]
    stream.close()


@pytest.mark.django_db
def test_another_ones_case_has_no_stream(town, settings):
    settings.KAZNA_LIVE_SECONDS = 1
    offer = offer_of(town, "ru-child-benefit")

    assert signed_in("citizen").get(f"/live/cases/{offer.case_id}/").status_code == 404
    assert signed_in("mother").get("/live/queue/").status_code == 403


@pytest.mark.django_db
def test_whoever_comes_too_many_is_asked_to_come_later(town, settings, monkeypatch):
    settings.KAZNA_LIVE_SECONDS = 1
    monkeypatch.setattr(live._places, "acquire", lambda **_: False)

    stream = signed_in("officer").get("/live/queue/")

    assert b"".join(stream.streaming_content) == b"retry: 30000\n\n"


@pytest.mark.browser
@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_an_officers_page_tells_that_the_queue_has_changed(live_server, settings, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.KAZNA_LIVE_SECONDS = 3
    monkeypatch.setattr(live, "EACH_SECONDS", 0.1)
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 1.0)
    town = build_town()
    with chromium() as browser:
        page = browser.new_page(viewport=DESKTOP, locale="ru-RU")
        sign_in(page, live_server.url, "officer")
        with page.expect_response(re.compile("/live/queue/")):
            page.goto(f"{live_server.url}/work/")
        told = page.get_by_text("Очередь изменилась")
        expect(told).to_be_hidden()
        waiting_case(town)
        wake()
        expect(told).to_be_visible()
        page.get_by_role("link", name="Показать новую").click()
        expect(page.get_by_role("link", name=re.compile("рожд")).first).to_be_visible()
    fall_silent(bell.bell)


@pytest.mark.django_db(transaction=True)
def test_the_bell_is_heard_by_all_and_falls_silent(monkeypatch):
    one = bell.Bell()
    monkeypatch.setattr(bell, "LONGEST_SECONDS", 0.2)

    assert one.wait(0, 0.3) == 0
    heard = 0
    for _ in range(20):
        wake()
        heard = heard or one.wait(0, 0.5)
    assert heard
    fall_silent(one)


def fall_silent(one: bell.Bell) -> None:
    """Its thread gives the database back before the next test empties it."""
    until = time.monotonic() + 10
    while one._is_listening and time.monotonic() < until:
        time.sleep(0.05)
    assert not one._is_listening
