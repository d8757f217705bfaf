"""Stories of citizens in a real browser on a phone and a desk, in one town: by the buttons that people see."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.factories.people import ACCOUNT
from tests.web.browser import WIDTHS, chromium, needs_chromium, overflow, sign_in, violations
from tests.web.conftest import Town, build_town
from tests.web.scenes import left_by_the_dead, returned_payment, waiting_case

from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
REASON = "Второй родитель уже получил пособие: запись в реестре, статья 11 закона № 81-ФЗ."


def read(page: Page) -> str:
    return page.locator("main").inner_text().replace("\xa0", " ")


def sound(page: Page) -> None:
    """Nothing for axe, nothing sticks out: asked at the stops of every story."""
    assert violations(page) == []
    assert overflow(page) <= 0


def visitor(browser: Browser, server: str, size: dict[str, int], login: str = "") -> Page:
    page = browser.new_context(viewport=size, locale="ru-RU").new_page()
    if login:
        sign_in(page, server, login)
    return page


@pytest.mark.parametrize("size", WIDTHS, ids=["phone", "desk"])
def test_stories(live_server, monkeypatch, size):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    town = build_town()
    with chromium() as browser:
        for story in STORIES:
            story(browser, live_server.url, size, town)


def job_lost(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """Without signing in: from one's own words to a sum that can be sent to a friend."""
    page = visitor(browser, server, size)
    page.goto(server)
    page.get_by_label("Скажите своими словами").fill("меня уволили")
    page.get_by_role("button", name="Найти").click()
    page.get_by_role("link", name="Пособие по безработице").click()
    sound(page)
    page.get_by_role("link", name="Посчитать для себя").click()
    page.get_by_role("button", name="Посчитать").click()
    assert page.get_by_role("alert").get_by_role("link").count() == 4
    page.get_by_label("Когда вы родились").fill("05.05.1985")
    page.get_by_label("Средний заработок").fill("40 000")
    page.get_by_label("Сколько недель").fill("52")
    page.get_by_label("Где вы живёте").select_option("77")
    page.get_by_role("button", name="Посчитать").click()
    assert "По вашим ответам положено" in read(page)
    sound(page)
    friend = visitor(browser, server, size)
    friend.goto(page.url)
    assert "По вашим ответам положено" in read(friend)


def relative_died(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """The situation tells what comes by itself and what the heirs ask for."""
    page = visitor(browser, server, size)
    page.goto(f"{server}/support/")
    page.get_by_role("link", name="Ушёл из жизни близкий").click()
    assert "Пособие на погребение" in read(page)
    assert "наследник" in read(page).lower() or "пенси" in read(page).lower()
    sound(page)


def disability_was_set(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """Awarded without an application; the reason opens down to the article and the fact."""
    page = visitor(browser, server, size, "citizen")
    page.get_by_role("link", name=re.compile("Почему столько")).first.click()
    page.get_by_text("Каждое условие: ответ и статья закона").click()
    page.get_by_text("Какие сведения использованы").click()
    assert re.search(r"№? ?17[0-9]-ФЗ|18[0-9]-ФЗ|16[0-9]-ФЗ", read(page))
    expect(page.get_by_role("table").first).to_be_visible()
    sound(page)


def for_a_ward(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """A legal representative opens the child's cabinet and comes back."""
    page = visitor(browser, server, size, "mother")
    page.get_by_role("link", name="За кого вы действуете").click()
    page.get_by_label(re.compile("Михаил")).check()
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_text("Вы действуете за подопечного")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Вернуться к себе").click()
    expect(page.get_by_text("Вы действуете за подопечного")).to_have_count(0)


def refused_and_appealed(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """One officer refuses, another confirms; the mother complains with one click; a third answers and she reads it."""
    case_id = waiting_case(town).case_id
    officer = visitor(browser, server, size, "officer")
    officer.goto(f"{server}/work/cases/{case_id}/")
    officer.get_by_label("Отказать").check()
    officer.get_by_label("Своими словами").fill(REASON)
    officer.get_by_role("button", name="Принять решение").click()
    second = visitor(browser, server, size, "second")
    second.goto(f"{server}/work/second/")
    second.locator("main").get_by_role("link", name=re.compile("рожд")).click()
    second.get_by_label("Подтвердить").check()
    second.get_by_role("button", name="Готово").click()
    second.wait_for_url("**/work/decisions/**")
    drain()
    mother = visitor(browser, server, size, "mother")
    mother.goto(f"{server}/my/cases/{case_id}/")
    mother.get_by_role("link", name="Открыть решение").click()
    assert REASON in read(mother)
    mother.get_by_role("link", name="Подать жалобу").click()
    mother.get_by_role("button", name="Подать жалобу").dblclick()
    expect(mother.get_by_text("Жалоба подана")).to_have_count(1)
    sound(mother)
    third = visitor(browser, server, size, "colleague")
    third.goto(f"{server}/work/appeals/")
    third.locator("main").get_by_role("link", name=re.compile("рожд")).click()
    third.get_by_label("Решение верное").check()
    third.get_by_label("Своими словами").fill(
        "Проверено: пособие уже получил второй родитель, статья 11 закона № 81-ФЗ."
    )
    third.get_by_role("button", name="Ответить").click()
    third.wait_for_url("**/work/appeals/")
    mother.reload()
    assert "решение оставлено в силе" in read(mother)


def payment_returned(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """The bank gave the money back: the cabinet says what to do first, another account sends it again."""
    returned_payment(town)
    page = visitor(browser, server, size, "mother")
    assert "Банк вернул выплату" in read(page)
    page.get_by_role("link", name="Указать счёт").click()
    page.get_by_label("БИК").fill("04452522")
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("БИК").fill(ACCOUNT["bik"])
    page.get_by_label("Номер счёта").fill(ACCOUNT["account"])
    page.get_by_role("button", name="Продолжить").click()
    sound(page)
    page.get_by_role("button", name="Исправить").click()  # nothing is sent until it is checked
    page.get_by_role("button", name="Продолжить").click()
    page.get_by_role("button", name="Всё верно").click()
    page.wait_for_url("**/my/account/done/")
    drain()
    page.goto(f"{server}/my/")
    assert "Банк вернул выплату" not in read(page)


def death_and_heirs(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """Money that a dead man did not live to receive goes to the family by an officer's act, once."""
    left_by_the_dead(town)
    snils = registers.cards([town.mother])[town.mother].snils
    page = visitor(browser, server, size, "officer")
    page.goto(f"{server}/work/money/heirs/")
    page.get_by_role("link", name=re.compile("Ёлкин")).click()
    page.get_by_label("Кому и какая доля").fill("112-233-445 96 1")
    page.get_by_label("Семья, которая жила").check()
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("alert")).to_be_visible()
    sound(page)
    page.get_by_label("Кому и какая доля").fill(f"{snils} 1")
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_text("Смирновой Анне Сергеевне")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Выплатить").dblclick()
    page.wait_for_url("**/work/money/heirs/?named=1")
    expect(page.get_by_role("status")).to_be_visible()
    drain()
    page.goto(f"{server}/work/money/heirs/")
    assert "Таких сумм нет" in read(page)
    heir = visitor(browser, server, size, "mother")
    heir.goto(f"{server}/my/payments/")
    sound(heir)


def wrong_fact(browser: Browser, server: str, size: dict[str, int], town: Town) -> None:
    """«Это неверно» beside the fact, an officer's answer, the same words in the cabinet."""
    page = visitor(browser, server, size, "mother")
    page.goto(f"{server}/my/data/")
    page.get_by_role("link", name=re.compile("Это неверно")).last.click()
    form = page.url
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Что неверно и как правильно").fill("Отчество моё — Семёновна, а не Сергеевна.")
    page.get_by_role("button", name="Отправить").click()
    assert "У специалиста" in read(page)
    sound(page)
    page.goto(form)  # sent once more from another tab: nothing is doubled
    page.get_by_label("Что неверно и как правильно").fill("Отчество моё — Семёновна, а не Сергеевна.")
    page.get_by_role("button", name="Отправить").dblclick()
    page.wait_for_url("**/my/corrections/")
    officer = visitor(browser, server, size, "officer")
    officer.goto(f"{server}/work/corrections/")
    officer.get_by_role("link", name=re.compile("Смирнова")).click()
    officer.get_by_label("Обоснование").fill("Запись акта о рождении проверена: отчество верно.")
    officer.get_by_role("button", name="Ответить: сведение остаётся").click()
    page.goto(f"{server}/my/corrections/")
    assert read(page).count("Вы написали:") == 1
    assert "отчество верно" in read(page)


STORIES = (
    job_lost, relative_died, disability_was_set, for_a_ward, refused_and_appealed, wrong_fact, payment_returned,
    death_and_heirs,
)  # fmt: skip
