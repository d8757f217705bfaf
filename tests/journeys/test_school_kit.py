"""A methodologist makes a measure in a real browser; the next morning's run pays the first families."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.contexts.studio.writing import families
from tests.factories.people import ACCOUNT, cause, fact
from tests.web.browser import DESKTOP, PHONE, chromium, needs_chromium, overflow, sign_in, violations
from tests.web.conftest import PASSWORD, TODAY

from kazna.contexts.identity import public as identity
from kazna.contexts.measures import public as measures
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.scenarios import territory as places
from kazna.plumbing import clock
from kazna.plumbing.work import work_once

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
CARD = {
    "Код в реестре": "Ш-77", "Какая редакция акта": "закон 2026 года", "Акт": "Закон города № 1 (пример)",
    "Статья или пункт": "статья 3", "Размер, рублей": "12000", "Акт и статья с размером": "статья 4",
    "Где прочитано": "учебный пример",
}  # fmt: skip


def work() -> None:
    while work_once():
        pass


def account(login: str, role: str = "methodologist", person_id=None) -> None:
    identity.create_account(login=login, password=PASSWORD, role=role, shown_name=login, person_id=person_id)


def clean(page: Page) -> None:
    assert violations(page) == []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert overflow(page) <= 0


def text_of(page: Page) -> str:
    return page.get_by_label("Мера текстом").input_value()


def test_from_an_idea_to_the_first_families(live_server, tmp_path, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setattr(places, "SNAPSHOT", tmp_path / "snapshot")
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")
    measures.look_again()
    clock.set_day(TODAY)
    registers.load_kinds()
    people = families(12)
    mother, _ = people[0]
    registers.report([fact("person.account", mother, TODAY, ACCOUNT)], source="mvd", on=TODAY, cause=cause(TODAY))
    for login in ("author", "lawyer", "finance", "second"):
        account(login)
    account("mother", "citizen", mother)
    work()
    studio.take_territories(now=cause(TODAY).received_at)

    with chromium() as browser:
        page = browser.new_page(viewport=DESKTOP, locale="ru-RU")
        sign_in(page, live_server.url, "author")

        # from a typical regulation
        page.goto(f"{live_server.url}/studio/")
        page.get_by_role("link", name="Новая мера").click()
        page.get_by_label("Название меры").fill("Школьный набор")
        page.get_by_label("Имя латиницей").fill("r77-school-kit")
        page.get_by_label("Код региона").fill("77")
        page.get_by_label("Первый день").fill((TODAY + timedelta(days=1)).isoformat())
        page.get_by_role("button", name="Начать").click()

        # the card, one more condition by a block; the text follows while typing
        for label, value in CARD.items():
            page.get_by_label(label, exact=True).fill(value)
        expect(page.get_by_label("Параметры текстом")).to_have_value(re.compile("value: 12000"))
        expect(page.get_by_label("Мера текстом")).to_have_value(re.compile("Ш-77"))
        page.get_by_label("Новое условие").select_option("income")
        page.get_by_role("button", name="Добавить условие").click()
        assert "family_income_12m <= poverty_line_year * 1.5" in text_of(page)

        # a mistake is told at its line while typing
        right = text_of(page)
        page.get_by_label("Мера текстом").fill(right.replace("child.birth_date,", "child.birth_dat,"))
        expect(page.get_by_text("Возможно, имелось в виду «child.birth_date»").first).to_be_visible()
        page.get_by_label("Мера текстом").fill(right.replace("amount: 10000", "amount: 12000"))

        # people for what no example shows
        page.get_by_role("button", name="Подобрать недостающих людей").click()
        expect(page.get_by_text("Готово к согласованию")).to_be_visible()
        clean(page)
        _picture(page, "draft")
        page.get_by_role("button", name="Проверено, на согласование").click()

        # what it would cost
        page.get_by_role("link", name="Что изменится").click()
        page.get_by_label("Название сценария").fill("Полтора минимума")
        page.get_by_role("button", name="Сыграть").click()
        shown = page.locator("main").inner_text().replace("\xa0", " ")
        assert "72 000" in shown  # six families of twelve
        clean(page)
        _picture(page, "scenario")

        # three other people agree; the author publishes
        address = page.get_by_role("link", name="Согласование").get_attribute("href")
        for login, part in (("lawyer", "Юрист"), ("finance", "Финансист"), ("second", "Второй методолог")):
            other = browser.new_page(viewport=DESKTOP, locale="ru-RU")
            sign_in(other, live_server.url, login)
            other.goto(live_server.url + address)
            other.get_by_label(part, exact=True).check()
            other.get_by_role("button", name="Согласовать").click()
            expect(other.get_by_text(f"{part}: {login}")).to_be_visible()
            other.close()
        page.goto(live_server.url + address)
        clean(page)
        _picture(page, "agreement")
        page.get_by_role("button", name="Издать").click()
        expect(page.get_by_text("Опубликован").first).to_be_visible()

        # the next morning it is decided, on the working day after it is in the register for the bank
        for days in (1, 2):
            clock.set_day(TODAY + timedelta(days=days))
            work()
        (order,) = payments.payments_of(person_id=mother)
        assert (order.state.value, order.amount_kopecks) == ("in_register", 1_200_000)
        assert payments.payments_of(person_id=people[1][0]) == []

        # the mother's cabinet explains it
        cabinet = browser.new_page(viewport=PHONE, locale="ru-RU")
        sign_in(cabinet, live_server.url, "mother")
        assert "12 000" in cabinet.locator("main").inner_text().replace("\xa0", " ")
        (right_found,) = [one for one in measures.rights_of(mother) if one.measure == "r77-school-kit"]
        cabinet.goto(f"{live_server.url}/my/rights/{right_found.id}/")
        cabinet.get_by_text("Каждое условие: ответ и статья закона").click()
        why = cabinet.locator("main").inner_text().replace("\xa0", " ")
        assert "Доход на человека" in why and "Закон города № 1" in why
        assert measures.replay([right_found.id])[right_found.id].differences == ()
    measures.look_again()


def _picture(page: Page, name: str) -> None:
    """For people to look at, when a folder is named."""
    import os

    folder = os.environ.get("KAZNA_PICTURES")
    if folder:
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            page.screenshot(path=f"{folder}/studio-{name}-{size['width']}.png", full_page=True)
