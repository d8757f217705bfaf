"""Chromium for tests: the system's own, without network services of its own."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from tests.web.conftest import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TALLEST, LARGEST = 1800, 1_500_000  # pixels: of height, of area
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WIDTHS = [{"width": 360, "height": 740}, {"width": 1440, "height": 900}]  # of the ten stories

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()
            connections.close_all()  # Playwright's loop has database connections of its own


def sign_in(page: Page, server: str, login: str) -> None:
    page.goto(f"{server}/login/")
    page.get_by_label("Логин").fill(login)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()


RULES = "['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']"


def violations(page: Page, rules: str = RULES) -> list[str]:
    """What axe finds on the page, one line each: rule, first element, advice. Only what fails is told in full."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {rules}, resultTypes: ['violations'], preload: false}})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:150]} — {one['help']}" for one in found["violations"]]


def pale(page: Page) -> list[str]:
    """What cannot be read well enough in the other colours of the «версия для слабовидящих»."""
    chosen, found = page.evaluate("document.documentElement.dataset.colours"), []
    for colours in ("dark", "contrast", "contrast-dark"):
        page.evaluate("(one) => { document.documentElement.dataset.colours = one; }", colours)
        found += [f"{colours}: {one}" for one in violations(page, "{type: 'rule', values: ['color-contrast']}")]
    page.evaluate("(one) => { document.documentElement.dataset.colours = one; }", chosen)
    return found


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def shift(page: Page) -> float:
    """How much of the page has jumped since it was opened: the browser's cumulative layout shift."""
    return page.evaluate((Path(__file__).parent / "shift.js").read_text("utf-8"))


def picture(page: Page, painter: Page, path: Path) -> None:
    """A small screenshot of the whole page, cut where people stop scrolling; `painter`: a blank page of one's own."""
    size = page.viewport_size
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST, LARGEST // size["width"])
    taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": height})
    script = (Path(__file__).parent / "palette.js").read_text("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(painter.evaluate(script, base64.b64encode(taken).decode())))
