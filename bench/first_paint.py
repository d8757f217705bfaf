"""First contentful paint of open pages and of the cabinet on a throttled phone: milliseconds, median of the runs.

KAZNA_VAR=var .venv/bin/python bench/first_paint.py [--runs 5] [--port 8098] [--password kazna-demo]

Needs a database with demo accounts (`kazna demo --people N --no-serve`) and Chromium. The phone is Lighthouse's "slow
4G": 1.6 Mbit/s down, 150 ms there and back, a processor four times slower; nothing is kept from the run before.
Target: 1 000 ms.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics

from pages import served
from playwright.sync_api import Browser, sync_playwright

PAGES = ["/", "/support/", "/support/measures/ru-child-benefit/", "/login/", "/my/", "/my/payments/", "/my/rights/"]
PHONE = {"width": 360, "height": 740}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
LOGIN = "mother"
SLOWER, TARGET_MS = 4, 1000
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


def paint(browser: Browser, url: str, page: str, password: str) -> float:
    """In a browser that has seen nothing yet, signed in where the page asks for it."""
    tab = browser.new_context(viewport=PHONE, locale="ru-RU", service_workers="block").new_page()
    if page.startswith("/my/"):
        tab.goto(f"{url}/login/")
        tab.get_by_label("Логин").fill(LOGIN)
        tab.get_by_label("Пароль").fill(password)
        tab.get_by_role("button", name="Войти", exact=True).click()
        if "/login/" in tab.url:
            raise SystemExit(f"no account `{LOGIN}` in this database: a larger demo has one (--people 2000)")
    phone = tab.context.new_cdp_session(tab)
    phone.send("Network.enable")
    phone.send("Network.clearBrowserCache")
    phone.send("Network.emulateNetworkConditions", LINE)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.goto(url + page)
    tab.wait_for_timeout(200)
    taken = float(tab.evaluate(PAINT))
    tab.context.close()
    return taken


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--port", type=int, default=8098)
    options.add_argument("--password", default="kazna-demo")
    chosen = options.parse_args()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, target {TARGET_MS} ms")
    with served(chosen.port) as (url, _server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for page in PAGES:
            runs = [paint(browser, url, page, chosen.password) for _ in range(chosen.runs)]
            print(f"{page:44} median {statistics.median(runs):6.0f} ms, worst {max(runs):6.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
