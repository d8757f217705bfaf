"""A mother in a real browser: certificate and grant with reasons, one click for the benefit, another account, paid."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.factories.people import ACCOUNT, cause, enter_child, enter_person, fact
from tests.journeys.agencies import Agencies, agencies
from tests.web.browser import WIDTHS, chromium, needs_chromium, sign_in, violations
from tests.web.conftest import PASSWORD, TODAY

from kazna.contexts.identity import public as identity
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.work import work_once

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
NEW_ACCOUNT = "40817810700000000014"


def newborn_family() -> None:
    """A working mother in Moscow, her passport and an account that will turn out closed; a son is registered."""
    clock.set_day(TODAY)
    registers.load_kinds()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=TODAY, job=True)
    passport = {"code": "21", "series_number": "45 15 123456", "issued_on": "2015-06-01", "issuer": "УФМС"}
    told = [
        fact("person.document", mother, date(2015, 6, 1), passport),
        fact("person.account", mother, date(2020, 1, 1), ACCOUNT),
    ]
    registers.report(told, source="mvd", on=TODAY, cause=cause(TODAY))
    enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=TODAY)
    identity.create_account(
        login="mother", password=PASSWORD, role="citizen", shown_name="Смирнова Анна Сергеевна", person_id=mother
    )


def work() -> None:
    """The worker does everything there is to do today."""
    while work_once():
        pass


def live_until(day: date, outside: Agencies) -> None:
    """Day after day: agencies answer in the morning, then the worker works."""
    while (today := clock.today()) < day:
        clock.set_day(today + timedelta(days=1))
        outside.answer(clock.today())
        work()


def read(page: Page) -> str:
    return page.locator("main").inner_text().replace("\xa0", " ")


@pytest.mark.parametrize("size", WIDTHS, ids=["phone", "desk"])
def test_from_birth_to_money_on_the_account(live_server, settings, monkeypatch, size):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with agencies() as outside, chromium() as browser:
        settings.KAZNA_AGENCY_URLS = dict.fromkeys(("fns", "szn", "bank"), outside.url)
        outside.closed_accounts.add(ACCOUNT["account"])
        newborn_family()
        work()
        page = browser.new_page(viewport=size, locale="ru-RU")
        sign_in(page, live_server.url, "mother")

        # the certificate and the grant are there already, with reasons
        assert "728 921,90 ₽" in read(page)
        assert "28 450,45 ₽" in read(page)
        page.get_by_role("link", name=re.compile("Почему столько.*Материнский капитал")).click()
        assert "256-ФЗ" in read(page)
        page.get_by_text("Каждое условие: ответ и статья закона").click()
        assert "Ребёнок рождён живым — да" in read(page)

        # one click for the benefit, and the question only she can answer
        page.goto(f"{live_server.url}/my/")
        page.get_by_role("link", name=re.compile("Посмотреть и согласиться.*Единое пособие")).click()
        page.get_by_label("Нет").check()
        page.get_by_role("button", name="Согласен").click()
        expect(page.get_by_role("heading", name="Согласие принято")).to_be_visible()
        work()

        # agencies are asked and answer, the benefit is granted; the bank returns the grant
        live_until(TODAY + timedelta(days=8), outside)
        assert {"/fns/income", "/bank/registers"} <= outside.asked
        page.goto(f"{live_server.url}/my/")
        assert "Нужен другой счёт" in read(page)
        assert "Единое пособие на ребёнка" in read(page)
        page.goto(f"{live_server.url}/my/payments/")
        assert "счёт закрыт" in read(page)

        # she gives another account
        page.get_by_role("link", name="Указать другой счёт").first.click()
        page.get_by_label("БИК банка").fill(ACCOUNT["bik"])
        page.get_by_label("Номер счёта").fill(NEW_ACCOUNT[:-1])
        page.get_by_role("button", name="Продолжить").click()
        expect(page.get_by_role("alert")).to_contain_text("должно быть 20 цифр")
        assert violations(page) == []
        page.get_by_label("Номер счёта").fill(NEW_ACCOUNT)
        page.get_by_role("button", name="Продолжить").click()
        page.get_by_role("button", name="Всё верно, сохранить").click()
        expect(page.get_by_role("heading", name="Счёт сохранён")).to_be_visible()

        # and is paid: the grant at once, the benefit by its own day
        work()
        live_until(date(2026, 3, 12), outside)
        page.goto(f"{live_server.url}/my/payments/")
        assert "Зачислена" in read(page)
        assert "Отправлена заново" in read(page)
        page.goto(f"{live_server.url}/my/")
        assert "Нужен другой счёт" not in read(page)
        page.goto(f"{live_server.url}/my/inbox/")
        page.get_by_role("link", name="Назначено: Единое пособие").first.click()
        assert "Что делать дальше" in read(page)
