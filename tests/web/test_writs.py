"""Enforcement documents on screens, tried as two officers and the debtor do."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.contexts.payments.writs import ACCOUNT
from tests.web.conftest import TODAY, signed_in
from tests.web.scenes import writ_in_force

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
FILLED = {
    "claim": "other", "form": "writ", "number": "ФС 012345678", "issued_on": "01.02.2026",
    "issued_by": "Тверской районный суд", "creditor_name": "ООО «Ромашка»", "creditor_bik": "044525225",
    "creditor_account": ACCOUNT, "debt": "10 000,00", "first_day": "16.02.2026",
}  # fmt: skip


def filled(town, **changed):
    return {**FILLED, "snils": registers.cards([town.mother])[town.mother].snils, **changed}


def test_one_officer_enters_and_another_confirms(town):
    officer = signed_in("officer")
    given = officer.post("/work/money/writs/new/", filled(town))
    address = given.headers["Location"]
    assert given.status_code == 302

    settle = {"act": "settle", "proposal": "enter", "agrees": "yes", "remark": ""}
    assert officer.post(address, settle).status_code == 409
    assert "Подтвердить должен другой сотрудник" in officer.get(address).content.decode()
    assert signed_in("second").post(address, settle).status_code == 302
    drain()

    [one] = payments.writs_of(person_id=town.mother)
    assert (one.state, one.entered_by, one.confirmed_by, one.debt_kopecks) == ("active", "officer", "second", 1_000_000)
    titles = [notice.title for notice in notifications.inbox(person_id=town.mother)]
    assert "Из выплат будем удерживать по исполнительному документу" in titles


@pytest.mark.parametrize(
    "changed",
    [{"snils": "000-000-000 00"}, {"share": "четверть"}, {"debt": "много"}, {"issued_on": "вчера"}, {"percent": "80"}],
)
def test_what_is_filled_in_wrong_is_told_and_kept(town, changed):
    response = signed_in("officer").post("/work/money/writs/new/", filled(town, **changed))

    assert response.status_code == 422
    page = response.content.decode()
    assert "Исправьте, пожалуйста" in page and "ООО «Ромашка»" in page


def test_what_the_law_refuses_is_told(town):
    officer = signed_in("officer")
    wrong = officer.post("/work/money/writs/new/", filled(town, creditor_account="40817810938160925983"))
    assert (wrong.status_code, "не подходит к БИК" in wrong.content.decode()) == (409, True)

    assert officer.post("/work/money/writs/new/", filled(town)).status_code == 302
    assert officer.post("/work/money/writs/new/", filled(town)).status_code == 409


def test_the_debtor_sees_it_and_asks_for_the_minimum(town):
    writ_id = writ_in_force(town)
    mother = signed_in("mother")
    page = mother.get("/my/withheld/").content.decode()
    assert "229-ФЗ" in page and "Подать заявление" in page
    assert mother.post("/my/withheld/", {"writ": writ_id}).status_code == 422
    assert mother.post("/my/withheld/", {"writ": writ_id, "group": "working_age"}).status_code == 302
    assert mother.post("/my/withheld/", {"writ": writ_id, "group": "working_age"}).status_code == 409

    settle = {"act": "settle", "proposal": "minimum", "agrees": "yes", "remark": ""}
    assert signed_in("officer").post(f"/work/money/writs/{writ_id}/", settle).status_code == 302
    [one] = payments.writs_of(person_id=town.mother)
    assert (one.minimum_group, (one.minimum_kopecks or 0) > 1_000_000) == ("working_age", True)


def test_anothers_document_is_not_there(town):
    writ_id = writ_in_force(town)
    citizen = signed_in("citizen")

    assert citizen.post("/my/withheld/", {"writ": writ_id, "group": "pensioner"}).status_code == 404
    assert "ничего не удерживают" in citizen.get("/my/withheld/").content.decode()


def test_a_payment_shows_what_was_withheld(town):
    writ_in_force(town)
    page = signed_in("mother").get("/my/payments/").content.decode().replace("\xa0", " ")

    assert "удержано" in page and "по исполнительному документу № ФС" in page


def test_acts_wait_for_the_second_officer(town):
    writ_id = writ_in_force(town)
    address = f"/work/money/writs/{writ_id}/"
    officer = signed_in("officer")
    assert officer.post(address, {"act": "do", "do": "end", "paper": "Постановление 7"}).status_code == 422
    assert officer.post(address, {"act": "do", "do": "suspend", "paper": "Постановление 7"}).status_code == 302
    assert officer.post(address, {"act": "change", "ground": "Постановление 8", "debt": "1"}).status_code == 409

    settle = {"act": "settle", "proposal": "suspend", "agrees": "no", "remark": "Не тот документ"}
    assert signed_in("second").post(address, settle).status_code == 302
    assert payments.writ(writ_id=writ_id).state == "active"


def test_the_workbook_has_a_row_for_each(town):
    writ_in_force(town)
    response = signed_in("officer").get("/work/money/writs/export/")
    rows = list(load_workbook(BytesIO(response.content)).active.values)

    assert (len(rows), rows[1][8]) == (2, 100_000)


def test_a_table_of_the_bailiffs_is_entered_row_by_row(town, tmp_path):
    snils = registers.cards([town.mother])[town.mother].snils
    head = "снилс;требование;вид;номер;выдан;кем;взыскатель;бик;счёт;долг\n"
    row = f"{snils};other;writ;ФС 1;2026-02-01;ОСП;Банк;044525225;{ACCOUNT};"
    path = tmp_path / "writs.csv"
    path.write_text(head + row + "100,50\n" + row.replace("ФС 1", "ФС 2") + "сто\n" + ";;;\n00000000000;;;;;;;;;\n")
    given = {"path": path, "body": "sfr-77", "by": "файл writs.csv", "on": TODAY}

    first, again = payments.enter_writs(**given), payments.enter_writs(**given)
    assert (first.rows, first.entered, len(first.refused), again.entered) == (3, 1, 2, 0)
    assert [one.state for one in payments.writs(state="waiting")] == ["entered"]
    path.write_text("снилс;номер\n")
    with pytest.raises(payments.StatementRefused, match="нет граф"):
        payments.enter_writs(**given)
    assert date(2026, 2, 1) == payments.writs(state="waiting")[0].issued_on
