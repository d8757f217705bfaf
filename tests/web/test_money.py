"""Money on screens, done with the web's own database role."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.web.conftest import signed_in
from tests.web.scenes import overpaid
from tests.web.test_acts import post
from tests.web.test_rows import as_web_role

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments

pytestmark = pytest.mark.django_db
DECISION = {
    "act": "decide", "fault": "false_data", "means": "withholding", "percent": "20", "monthly": "",
    "reason": "Доход за прошлый год был указан меньше настоящего.",
}  # fmt: skip
AGREED = {"act": "settle", "agrees": "yes"}


def text_of(login, address):
    with as_web_role():
        return signed_in(login).get(address).content.decode().replace("\xa0", " ")


def test_an_officer_decides_an_overpayment_and_the_citizen_is_told(town):
    address = f"/work/money/overpayments/{overpaid(town)}/"
    assert "28 456,50" in text_of("officer", address)

    assert post("officer", address, DECISION).status_code == 302
    assert post("second", address, AGREED).status_code == 302

    [one] = payments.overpayments_of(person_id=town.mother)
    assert (one.state, one.percent, one.left_kopecks) == ("owed", 20, 2_845_650)
    assert "Решение о возврате переплаты" in [n.title for n in notifications.inbox(person_id=town.mother)]
    assert "Удерживаем до 20 %" in text_of("mother", "/my/debts/").replace("\u202f", " ")
    assert payments.verify() == []


@pytest.mark.parametrize(
    ("changed", "words", "status"),
    [
        ({"fault": "agency_error"}, "1109", 409),
        ({"percent": "21"}, "от 1 до 20 процентов", 409),
        ({"percent": "90"}, "Больше 50 процентов", 422),
        ({"reason": ""}, "Напишите обоснование", 422),
        ({"monthly": "много"}, "Введите сумму", 422),
        ({"fault": "<script>"}, "Выберите", 422),
    ],
)
def test_what_the_law_forbids_is_refused_in_words(town, changed, words, status):
    response = post("officer", f"/work/money/overpayments/{overpaid(town)}/", {**DECISION, **changed})

    assert (response.status_code, words in response.content.decode()) == (status, True)


def test_a_repayment_and_a_write_off_close_the_debt(town):
    address = f"/work/money/overpayments/{overpaid(town)}/"
    post("officer", address, {**DECISION, "means": "voluntary", "percent": ""})
    post("second", address, AGREED)
    too_much = post("officer", address, {"act": "repay", "amount": "99 999,00", "document": "ПП 1"})
    post("officer", address, {"act": "repay", "amount": "8 456,50", "document": "ПП 1"})
    post("officer", address, {"act": "write_off", "ground": "Определение суда № 2"})
    post("second", address, AGREED)

    [one] = payments.overpayments_of(person_id=town.mother)
    assert (too_much.status_code, one.state, one.left_kopecks) == (409, "closed", 0)


def test_limits_are_changed_by_a_document(town):
    overpaid(town)
    given = {"measure": "ru-child-benefit", "change": "1 000,50", "document": "Уведомление № 2"}

    assert post("officer", "/work/money/limit/?year=2026", given).status_code == 302
    wrong = post("officer", "/work/money/limit/?year=2026", {**given, "change": "−90 000 000", "document": "3"})

    [line] = [one for one in payments.budget_lines(year=2026) if one.measure == "ru-child-benefit"]
    assert (line.limit_kopecks, wrong.status_code) == (5_100_050, 409)


def test_the_budget_is_a_workbook_with_numbers(town):
    overpaid(town)
    with as_web_role():
        response = signed_in("officer").get("/work/money/export/?year=2026")

    book = load_workbook(BytesIO(response.content), read_only=True)
    rows = {row[0]: row for row in book["Лимиты"].iter_rows(values_only=True)}
    assert book.sheetnames == ["Лимиты", "По месяцам", "По дням"]
    [line] = [row for row in rows.values() if row[4] == 50_000]
    assert line[6] == 37_942


def test_an_officer_of_another_body_does_not_see_it(town):
    from kazna.contexts.identity import public as identity

    identity.create_account(
        login="other", password="пароль для проверки", role="officer", shown_name="Иная", person_id=None,
        body="dszn-77", territory="77",
    )  # fmt: skip
    address = f"/work/money/overpayments/{overpaid(town)}/"
    with as_web_role():
        assert signed_in("other").get(address).status_code == 404


def test_a_notice_of_returned_money_leads_to_the_account_also_when_it_was_written_before(town):
    answer = signed_in("mother").get("/my/payments/account/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/my/account/")
    assert signed_in("mother").get("/my/account/").status_code == 200


def test_a_complaint_that_is_not_there_is_not_found(town):
    assert signed_in("officer").get("/work/appeals/00000000-0000-0000-0000-000000000001/").status_code == 404
