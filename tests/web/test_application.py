"""The cabinet as an application in a real browser: read without a network, forgotten at sign-out, opened by a key."""

import pytest
from django.test import Client
from tests.web.browser import PHONE, chromium, needs_chromium, sign_in
from tests.web.conftest import build_town, signed_in

from kazna.contexts.notifications import public as notifications

SEALED = {"endpoint": "https://fcm.googleapis.com/x", "p256dh": "BA" + "A" * 85, "auth": "A" * 22, "name": "Телефон"}


@pytest.mark.browser
@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_kept_pages_are_read_without_a_network_until_sign_out(live_server, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    build_town()
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE, locale="ru-RU")
        page = context.new_page()
        sign_in(page, live_server.url, "mother")
        page.goto(f"{live_server.url}/my/channels/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.get_by_role("button", name="Сохранять на этом устройстве").click()
        page.get_by_text("Сохранено.").wait_for()

        context.set_offline(True)
        page.goto(f"{live_server.url}/my/payments/")
        assert page.locator("h1").inner_text() == "Мои выплаты"
        page.goto(f"{live_server.url}/my/")
        assert "Анна Сергеевна" in page.locator("h1").inner_text()
        page.goto(f"{live_server.url}/my/family/")
        assert page.locator("h1").inner_text() == "Нет сети"
        context.set_offline(False)

        page.goto(f"{live_server.url}/my/")
        page.get_by_role("button", name="Выйти").click()
        page.wait_for_function("async () => !(await caches.has('kazna-mine'))")
        context.set_offline(True)
        page.goto(f"{live_server.url}/my/payments/")
        assert page.locator("h1").inner_text() == "Нет сети"


@pytest.mark.browser
@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_the_lock_of_the_device_opens_the_cabinet(live_server, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    build_town()
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE, locale="ru-RU")
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        lock = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": lock})
        sign_in(page, live_server.url, "mother")
        page.goto(f"{live_server.url}/my/channels/")
        page.get_by_role("button", name="Добавить это устройство").click()
        page.get_by_role("button", name="Удалить").wait_for()
        page.get_by_role("button", name="Выйти").click()
        page.goto(f"{live_server.url}/login/")

        page.get_by_role("button", name="Войти по лицу или отпечатку").click()

        page.wait_for_url("**/my/")
        assert "Анна Сергеевна" in page.locator("h1").inner_text()


pytest_db = pytest.mark.django_db


@pytest_db
def test_the_manifest_and_the_worker_are_served_from_the_root(town):
    manifest = Client().get("/manifest.webmanifest")
    worker = Client().get("/worker.js")

    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert {icon["sizes"] for icon in manifest.json()["icons"]} == {"192x192", "512x512"}
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert Client().get("/offline/").status_code == 200


@pytest_db
@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "x" * 30_000, '{"rawId": "AAAA"}', '{"rawId": 5}'])
def test_a_forged_key_opens_nothing(town, answer):
    browser = Client()
    assert browser.post("/login/key/", {"answer": answer}).status_code == 409
    browser.post("/login/key/begin/")
    assert browser.post("/login/key/", {"answer": answer}).status_code == 409
    mother = signed_in("mother")
    mother.post("/my/channels/keys/begin/")
    assert mother.post("/my/channels/keys/", {"answer": answer}).status_code == 409


@pytest_db
def test_channels_are_chosen_and_half_a_choice_is_named(town):
    mother = signed_in("mother")

    assert mother.post("/my/channels/", {"quiet_from": "22", "quiet_to": "8"}).status_code == 302
    assert mother.post("/my/channels/", {"quiet_from": "22"}).status_code == 422
    assert mother.post("/my/channels/", {"quiet_from": "99", "quiet_to": "-1"}).status_code == 422
    assert notifications.channels_of(person_id=town.mother) == notifications.ChannelsView(False, False, 22, 8)


@pytest_db
def test_a_device_is_ones_own(town):
    mother, other = signed_in("mother"), signed_in("citizen")
    assert mother.post("/my/channels/devices/", SEALED).status_code == 200
    assert mother.post("/my/channels/devices/", {**SEALED, "endpoint": "https://127.0.0.1/"}).status_code == 409
    (device,) = notifications.devices_of(person_id=town.mother)

    other.post(f"/my/channels/devices/{device.device_id}/drop/")
    assert len(notifications.devices_of(person_id=town.mother)) == 1
    mother.post(f"/my/channels/devices/{device.device_id}/drop/")
    assert notifications.devices_of(person_id=town.mother) == []
