"""Screens of a draft in a browser: examples from decided cases, and how far a scenario has come."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.contexts.studio.test_pseudonyms import awarded
from tests.contexts.studio.writing import begun, families
from tests.web.browser import DESKTOP, PHONE, chromium, needs_chromium, sign_in, violations
from tests.web.conftest import build_town

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.scenarios import territory as places

PICTURES = os.environ.get("KAZNA_PICTURES")


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_examples_and_a_scenario_under_way(live_server, monkeypatch, tmp_path):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setattr(places, "SNAPSHOT", tmp_path / "snapshot")
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")
    measures.look_again()
    build_town()
    draft_id, problems = begun(), []
    awarded(families(6))
    studio.take_territories(now=datetime(2026, 2, 16, 12, tzinfo=UTC))

    with chromium() as browser:
        page = browser.new_page(viewport=DESKTOP, locale="ru-RU", reduced_motion="reduce")
        sign_in(page, live_server.url, "methodologist")
        page.goto(f"{live_server.url}/studio/{draft_id}/people/")
        page.get_by_role("button", name="Добавить обезличенные примеры").click()
        expect(page.locator("input[value^='обезличено, по ']").first).to_be_visible(timeout=60_000)
        problems += looked_at(page, "examples")
        page.goto(f"{live_server.url}/studio/{draft_id}/what-if/")
        monkeypatch.setattr(studio, "how_far", lambda token: (40, 21))
        page.evaluate(
            "document.querySelector('form[data-watch]').addEventListener('submit', (e) => e.preventDefault())"
        )
        page.get_by_role("button", name="Сыграть", exact=True).click()
        expect(page.get_by_text("осталось около 21 с")).to_be_visible(timeout=60_000)
        assert page.locator("progress").get_attribute("value") == "40"
        problems += looked_at(page, "scenario-under-way")

    assert problems == []


def looked_at(page, name):
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found += [f"{name} at {size['width']}: {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{name} at {size['width']}: {wide} px too wide"] if wide > 0 else []
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{PICTURES}/{name}-{size['width']}.png", full_page=True)
    return found
