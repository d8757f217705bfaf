"""Forms without a network, with a broken and a slow one, and the Back button: nothing typed is lost or doubled."""

import re
import time

import pytest
from playwright.sync_api import expect
from tests.factories.people import ACCOUNT
from tests.web.browser import PHONE, chromium, needs_chromium, sign_in, violations
from tests.web.conftest import build_town

from kazna.contexts.corrections.models import Correction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
CLAIM = "Отчество моё — Семёновна, а не Сергеевна."


def test_forms_outlive_the_network(live_server, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    build_town()
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE, locale="ru-RU", service_workers="block")
        page = context.new_page()
        sign_in(page, live_server.url, "mother")
        page.goto(f"{live_server.url}/my/data/")
        page.get_by_role("link", name=re.compile("Это неверно")).last.click()
        form = page.url
        page.get_by_label("Что неверно и как правильно").fill(CLAIM)

        context.set_offline(True)
        page.get_by_role("button", name="Отправить").click()
        expect(page.get_by_text("Нет связи, форма не отправлена")).to_be_visible()
        assert (page.url, page.get_by_label("Что неверно и как правильно").input_value()) == (form, CLAIM)
        assert violations(page) == []
        context.set_offline(False)

        page.route("**/wrong/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        page.get_by_role("button", name="Отправить").click()
        page.wait_for_url("chrome-error://**")
        page.unroute("**/wrong/")
        page.goto(form)
        assert page.get_by_label("Что неверно и как правильно").input_value() == CLAIM

        sent = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.route("**/wrong/", lambda route: (time.sleep(2), route.continue_()) if route.request.method == "POST" else route.continue_())  # fmt: skip # noqa: E501
        page.get_by_role("button", name="Отправить").dblclick(no_wait_after=True)
        page.wait_for_url("**/my/corrections/")
        assert len(sent) == 1

        page.go_back()
        page.wait_for_url(form)
        assert page.evaluate("sessionStorage.getItem('kazna-typed')") is None
        page.go_forward()
        page.wait_for_url("**/my/corrections/")
        assert len(sent) == 1  # Back and forward send nothing
        assert Correction.objects.count() == 1

        page.goto(f"{live_server.url}/my/account/")
        expect(page.get_by_label("БИК")).to_have_value("")
        page.get_by_label("БИК").fill(ACCOUNT["bik"])
        page.get_by_label("Номер счёта").fill(ACCOUNT["account"])
        page.get_by_role("button", name="Продолжить").click()
        page.get_by_role("button", name="Всё верно").click()
        page.wait_for_url("**/my/account/done/")
        page.goto(f"{live_server.url}/offline/?unsent=1")
        expect(page.get_by_text("Форма не отправлена")).to_be_visible()
        assert violations(page) == []


def test_a_form_that_did_not_get_through_waits_on_the_device(live_server, monkeypatch):
    """With the worker of the site: a page of ours instead of the browser's, and the way back to the filled form."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    build_town()
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE, locale="ru-RU")
        page = context.new_page()
        sign_in(page, live_server.url, "mother")
        page.goto(f"{live_server.url}/my/data/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.get_by_role("link", name=re.compile("Это неверно")).last.click()
        form = page.url
        page.get_by_label("Что неверно и как правильно").fill(CLAIM)
        page.evaluate("Object.defineProperty(navigator, 'onLine', {value: true})")  # seems to be there
        context.set_offline(True)
        page.get_by_role("button", name="Отправить").click()
        expect(page.get_by_text("Форма не отправлена")).to_be_visible()
        context.set_offline(False)
        page.get_by_role("button", name="Вернуться к форме").click()
        page.wait_for_url(form)
        assert page.get_by_label("Что неверно и как правильно").input_value() == CLAIM
        page.get_by_role("button", name="Отправить").click()
        page.wait_for_url("**/my/corrections/")
        assert Correction.objects.count() == 1
