"""An officer's day of thirty cases without the mouse; a supervisor rescues late cases and takes one act back."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.web.browser import WIDTHS, chromium, needs_chromium, overflow, sign_in, violations
from tests.web.conftest import TODAY, Town, build_town
from tests.web.scenes import waiting_case

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
DAY = 30


def thirty(town: Town) -> None:
    """The same matter of the mother again and again: each a case of its own, the first ten late."""
    first = Case.objects.get(id=waiting_case(town).case_id)
    Case.objects.filter(id=first.id).update(due_on=TODAY + timedelta(days=40))
    for number in range(1, DAY):
        Case.objects.create(
            id=UUID(int=number), measure=f"{first.measure}", code=first.code, title=first.title,
            subject_id=UUID(int=1000 + number), recipient_id=first.recipient_id, ordinal=1, body=first.body,
            territory=first.territory, state="waiting_person", trigger=first.trigger, opened_on=first.opened_on,
            applied_on=TODAY, due_on=TODAY + timedelta(days=number - 10), right_id=first.right_id,
            waits_for="Нет сведений о втором родителе.",
        )  # fmt: skip


@pytest.mark.parametrize("size", WIDTHS, ids=["phone", "desk"])
def test_a_day_of_thirty_cases_by_keyboard(live_server, monkeypatch, size):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    thirty(build_town())
    seen = set()

    with chromium() as browser:
        page = browser.new_page(viewport=size, locale="ru-RU")
        sign_in(page, live_server.url, "officer")
        page.goto(f"{live_server.url}/work/")
        page.keyboard.press("Shift+Slash")
        assert page.locator("dialog.keys").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("KeyJ")
        page.keyboard.press("KeyK")
        page.keyboard.press("Enter")
        page.wait_for_url("**/work/cases/**")
        for _ in range(DAY):
            seen.add(page.url.split("/cases/")[1].split("/")[0])
            with page.expect_navigation():
                page.keyboard.press("KeyN")
            if "/cases/" not in page.url:
                break
        assert len(seen) == DAY
        page.goto(f"{live_server.url}/work/?term=later")
        page.keyboard.press("KeyX")
        page.keyboard.press("KeyT")
        page.wait_for_url("**/work/bulk/")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**handed=**")
        page.keyboard.press("KeyZ")
        page.wait_for_url(f"{live_server.url}/work/")
        page.goto(f"{live_server.url}/work/cases/{waiting()}/")
        page.keyboard.press("Digit1")
        page.keyboard.press("KeyW")
        page.keyboard.type("Проверено по записи акта и паспорту.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        problems = violations(page) + ([f"{overflow(page)} px too wide"] if overflow(page) > 0 else [])

    assert problems == []
    assert cases.case(case_id=waiting()).outcome == "granted"


def waiting() -> UUID:
    """The one real case: the others stand in the way of its right."""
    return Case.objects.exclude(id__in=[UUID(int=number) for number in range(1, DAY)]).get(measure="ru-birth-grant").id


@pytest.mark.parametrize("size", WIDTHS, ids=["phone", "desk"])
def test_a_supervisor_rescues_late_cases(live_server, monkeypatch, size):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    thirty(build_town())

    with chromium() as browser:
        page = browser.new_page(viewport=size, locale="ru-RU")
        sign_in(page, live_server.url, "supervisor")
        page.goto(f"{live_server.url}/work/department/")
        page.get_by_role("button", name="Поровну на всех").click()
        page.wait_for_url("**/work/bulk/")
        problems = violations(page) + ([f"{overflow(page)} px too wide"] if overflow(page) > 0 else [])
        page.get_by_role("button", name="Подтвердить").click()
        page.wait_for_url("**handed=**")
        page.goto(f"{live_server.url}/work/department/")
        shared = {one.login: one.late for one in cases.workplace.load(body="sfr-77", on=TODAY)}
        with page.expect_navigation():
            page.get_by_role("button", name="Отменить").first.click()
        back = {one.login: one.late for one in cases.workplace.load(body="sfr-77", on=TODAY)}

    assert problems == []
    assert (sum(shared.values()), max(shared.values()) - min(late for who, late in shared.items() if who) <= 1) == (
        9,
        True,
    )
    assert back == {"": 9}
