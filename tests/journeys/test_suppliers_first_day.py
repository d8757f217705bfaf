"""A body's first day as a supplier, and the branch's weekly report, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from tests.factories.egisso import KBK, fact, facts_package, person
from tests.web.browser import DESKTOP, chromium, needs_chromium, sign_in
from tests.web.conftest import TODAY, build_town
from tests.web.scenes import monitored_region

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.models import Assignment, LocalMeasure
from kazna.contexts.suppliers.models import Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
CODE = "0077.000002"


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def signed_page(browser: Browser, server: str, login: str, password: str = "") -> Page:
    page = browser.new_context(viewport=DESKTOP, locale="ru-RU").new_page()
    if not password:
        sign_in(page, server, login)
        return page
    page.goto(f"{server}/login/")
    page.get_by_label("Логин").fill(login)
    page.get_by_label("Пароль").fill(password)
    page.get_by_role("button", name="Войти", exact=True).click()
    return page


def apply(page: Page, server: str) -> None:
    page.goto(f"{server}/egisso/apply/")
    page.get_by_role("button", name="Подать заявку").click()
    page.get_by_text("Введите ИНН").first.wait_for()
    for label, words in (
        ("Полное наименование органа", "Управление соцзащиты района"), ("ИНН", "9900000000"),
        ("ОГРН", "1990000000000"), ("Кто отвечает: имя и должность", "Зимина, начальник"),
        ("Электронная почта", "uszn@example.ru"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Регион", exact=True).select_option("77")
    page.get_by_role("button", name="Подать заявку").click()
    page.get_by_role("heading", name="Заявка подана").wait_for()


def register(page: Page, server: str) -> str:
    """The branch gives the body its code and opens access; the first password is returned."""
    page.goto(f"{server}/egisso/suppliers/")
    page.get_by_role("button", name="Зарегистрировать").click()
    page.get_by_role("link", name=CODE).first.click()
    page.get_by_text("Открыть доступ сотруднику").click()
    page.get_by_label("Логин").fill("zimina")
    page.get_by_label("Имя и должность").fill("Зимина Дарья")
    page.get_by_label("Что делает").select_option("head")
    page.get_by_role("button", name="Открыть доступ").click()
    return page.locator("code").inner_text()


def describe(page: Page, server: str) -> None:
    page.goto(f"{server}/egisso/measures/")
    page.get_by_role("button", name="Описать меру").click()
    for name, words in {
        "title": "Ежемесячная выплата многодетным семьям на детей", "first_day": "01.01.2026",
        "categories-0-title": "Многодетные семьи", "shares-0-quota": "90", "territories": "45000000", "kbk": KBK,
        "cases": "Рождение третьего ребёнка", "conditions": "Живут в районе", "acts-0-number": "1-ОЗ",
        "acts-0-date": "01.12.2025", "acts-0-title": "Закон о поддержке семей", "acts-0-authority": "Дума",
        "acts-0-url": "http://example.ru", "papers-0-documentTypeName": "Паспорт",
    }.items():  # fmt: skip
        page.locator(f"#id_{name}").fill(words)
    for name, code in {"msz": "0301", "categories-0-category": "03000004"}.items():
        page.locator(f"#id_{name}").select_option(code)
    page.get_by_role("button", name="Сохранить и проверить").click()
    page.get_by_text("Сумма долей софинансирования не равна 100%").wait_for()
    page.locator("#id_shares-0-quota").fill("100")
    page.get_by_role("button", name="Внести в реестр").click()
    page.get_by_role("button", name="Новая версия").wait_for()


def load(page: Page, server: str, path: Path) -> str:
    page.goto(f"{server}/egisso/facts/")
    page.get_by_label("Файл").set_input_files(path)
    page.get_by_role("button", name="Загрузить").click()
    page.get_by_role("heading", name="Протокол загрузки").wait_for()
    return page.inner_text("main")


def table(folder: Path, *, born: str) -> Path:
    """Two facts; the second person's birthday may be wrong."""
    measure = LocalMeasure.objects.get()
    own = {"measure_id": str(measure.id), "category_id": measure.card["categories"][0]["id"], "body": CODE,
           "decided_on": "2026-02-12"}  # fmt: skip
    second = person(223344557, forename="Вера", birth_date=born)
    path = folder / "facts.xlsx"
    path.write_bytes(egisso.write_sheet(facts_package(fact(1, **own), fact(2, **own, receiver=second))))
    return path


def test_a_supplier_s_first_day(live_server, tmp_path):
    build_town()
    server = live_server.url

    with chromium() as browser:
        apply(browser.new_page(viewport=DESKTOP, locale="ru-RU"), server)
        password = register(signed_page(browser, server, "branch"), server)
        page = signed_page(browser, server, "zimina", password)
        describe(page, server)
        told = load(page, server, table(tmp_path, born="2027-01-01"))
        mended = load(page, server, table(tmp_path, born="1990-01-01"))

    assert "051" in told and "Строка 8" in told
    assert "051" not in mended and "905" in mended  # the first row was taken before
    assert Assignment.objects.filter(body=CODE, is_own=False).count() == 2


def test_the_weekly_report_of_a_branch(live_server, tmp_path):
    build_town()
    monitored_region()
    Letter.objects.all().delete()
    mail.outbox.clear()
    Assignment.objects.create(
        id="00000000-0000-0000-0000-000000000001", line="10.06.S", provider=CODE, body=CODE, snils="11223344595",
        measure_id="00000000-0000-0000-0000-000000000002", category_id="00000000-0000-0000-0000-000000000003",
        decided_on=TODAY - timedelta(days=30), first_day=TODAY, form="01", amount_kopecks=100, card={},
        recorded_on=TODAY,
    )  # fmt: skip

    with chromium() as browser:
        page = signed_page(browser, live_server.url, "branch")
        page.get_by_role("heading", name="Загрузка сведений").wait_for()
        page.get_by_role("button", name="Пересчитать").click()
        row = page.get_by_role("row").filter(has_text="Отдел соцподдержки")
        assert "0 %" in row.inner_text()
        with page.expect_download() as kept:
            page.get_by_role("link", name="Скачать таблицей").click()
        kept.value.save_as(tmp_path / "week.xlsx")
        page.get_by_role("button", name="Подготовить письма").click()
        page.get_by_text(f"{CODE}: опаздывает").click()
        page.locator("details[open]").get_by_role("button", name="Отправить").click()
        page.get_by_text("отправлено").wait_for()
        page.get_by_label("Отправить отчёт на адрес").fill("director@example.ru")
        page.get_by_role("button", name="Отправить").last.click()
        page.wait_for_load_state()

    sheet = load_workbook(BytesIO((tmp_path / "week.xlsx").read_bytes())).worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == [CODE, "Отдел соцподдержки"]
    assert [one.to for one in mail.outbox] == [["otdel@example.ru"], ["director@example.ru"]]
