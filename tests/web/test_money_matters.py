"""Heirs, help in kind and certificates on screens, tried as officers and citizens do."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.contexts.payments.below import granted
from tests.web.conftest import PASSWORD, TODAY, signed_in
from tests.web.scenes import certificates_of, left_by_the_dead, overpaid
from tests.web.test_rows import as_web_role

from kazna.contexts.identity import public as identity
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.certificates import Provision
from kazna.contexts.payments.models import Order
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
REASON = {"fault": "false_data", "means": "withholding", "percent": "20", "reason": "Доход был скрыт от нас."}


@pytest.fixture
def dead(town):
    return left_by_the_dead(town)


@pytest.mark.spoils_the_books
def test_an_officer_names_the_heirs_by_snils_and_a_worker_pays_them_once(town, dead):
    snils = registers.cards([town.mother])[town.mother].snils
    address = f"/work/money/heirs/{dead}/"
    owed = Order.objects.filter(recipient_id=dead, state="held", measure="ru-birth-grant")
    waiting = sorted(owed.values_list("amount_kopecks", flat=True))
    with as_web_role():
        officer = signed_in("officer")
        assert "Ёлкин" in officer.get("/work/money/heirs/").content.decode()

        for lines in ("", "11223344595", "000-000-000 00 1", f"{snils} x"):
            assert officer.post(address, {"heirs": lines, "ground": "family"}).status_code == 422
        shown = officer.post(address, {"heirs": f"{snils} 1", "ground": "family"})
        assert (shown.status_code, owed.count()) == (200, len(waiting))
        assert "Смирновой Анне Сергеевне" in shown.content.decode()
        for _ in range(2):
            agreed = {"heirs": f"{snils} 1", "ground": "family", "act": "pay"}
            assert officer.post(address, agreed).status_code == 302
    drain()

    paid = Order.objects.filter(recipient_id=town.mother, measure="ru-birth-grant").values_list(
        "amount_kopecks", flat=True
    )
    assert sorted(paid) == waiting
    assert officer.post(address, agreed).status_code == 404


def test_help_in_kind_is_given_once_by_a_document(town):
    award = replace(granted(town.mother, on=TODAY), form="service", measure="ru-funeral")
    issue_certificates([award])
    officer = signed_in("officer")

    assert officer.post("/work/money/in-kind/", {"award": award.award_id, "document": " "}).status_code == 409
    assert officer.post("/work/money/in-kind/", {"award": "x", "document": "Акт 1"}).status_code == 409
    given = officer.post("/work/money/in-kind/", {"award": award.award_id, "document": "Акт 1"})

    assert (given.status_code, Provision.objects.get(award_id=award.award_id).document) == (302, "Акт 1")
    assert officer.post("/work/money/in-kind/", {"award": award.award_id, "document": "Акт 2"}).status_code == 409


def test_the_certificate_is_on_the_citizens_screen(town):
    award = replace(
        granted(town.mother, on=TODAY, first_day=TODAY, amount_kopecks=5_000_000), form="certificate",
        measure="ru-technical-aid",
    )  # fmt: skip
    issue_certificates([award])
    [state] = payments.certificates_of(person_id=town.mother, on=TODAY)

    page = signed_in("mother").get("/my/payments/").content.decode()

    assert "Электронный сертификат" in page and state.number in page and "Кресло-коляска" in page


def test_two_officers_decide_an_overpayment_on_the_screen(town):
    one = overpaid(town)
    first, second = signed_in("officer"), signed_in("second")
    address = f"/work/money/overpayments/{one}/"

    assert first.post(address, {"act": "decide", **REASON}).status_code == 302
    assert first.post(address, {"act": "settle", "agrees": "yes"}).status_code == 409
    assert "Подтвердить" in second.get(address).content.decode()
    assert second.post(address, {"act": "settle", "agrees": "yes"}).status_code == 302

    assert payments.overpayment(overpayment_id=one).state == "owed"


@pytest.mark.parametrize(("card", "status"), [("", 200), ("2202 20", 200), ("427600", 422), ("22", 422)])
def test_an_account_with_a_card_that_is_not_mir_is_refused(town, card, status):
    given = {"bik": "044525225", "account": "40817810938160000001", "card": card}

    assert signed_in("mother").post("/my/account/", given).status_code == status


def test_the_life_of_a_certificate_is_shown_to_its_holder_and_to_officers_of_its_body(town):
    holding, lapsed, waiting = certificates_of(town)
    mother, officer = signed_in("mother"), signed_in("officer")

    for browser, address in ((mother, "/my/payments/certificates/"), (officer, "/work/money/certificates/")):
        pages = [
            browser.get(f"{address}{one}/").content.decode().replace("\xa0", " ") for one in (holding, lapsed, waiting)
        ]
        assert all(words in pages[0] for words in ("Покупка", "деньги снова на сертификате", "30 000"))
        assert "Доплата покупателя: 5 000" in pages[0]
        assert "остаток вернулся в бюджет" in pages[1]
        assert "Ждёт денег бюджета" in pages[2]
    assert signed_in("citizen").get(f"/my/payments/certificates/{holding}/").status_code == 404
    assert mother.get(f"/my/payments/certificates/{'9' * 25}/").status_code == 404
    assert holding in mother.get("/my/payments/").content.decode()


def test_officers_find_certificates_by_state_and_page_through_them(town):
    holding, lapsed, waiting = certificates_of(town)
    officer = signed_in("officer")

    found = {
        state: officer.get(f"/work/money/certificates/?state={state}").content.decode()
        for state in ("issued", "closed", "waiting")
    }
    assert [holding in found["issued"], lapsed in found["closed"], waiting in found["waiting"]] == [True] * 3
    assert [holding in found["closed"], waiting in found["issued"]] == [False] * 2
    assert "Здесь ничего нет" in officer.get(f"/work/money/certificates/?after=2020-01-01_{'1' * 25}").content.decode()
    assert officer.get("/work/money/certificates/?after=x&state=y").status_code == 200


def test_certificates_are_in_the_budget_and_its_workbook(town):
    certificates_of(town)
    officer = signed_in("officer")

    page = officer.get("/work/money/?year=2026").content.decode().replace("\xa0", " ")
    assert "На сертификатах" in page and "30 000" in page

    book = load_workbook(BytesIO(officer.get("/work/money/export/?year=2026").content), read_only=True)
    heads, *rows = book["Лимиты"].iter_rows(values_only=True)
    [line] = [dict(zip(heads, row, strict=True)) for row in rows if row[4] == 75_000]
    assert (line["Отправлено и выплачено"], line["Выплачено"]) == (70_000, 40_000)
    assert (line["На сертификатах"], line["Ждёт лимита"]) == (30_000, 50_000)


def test_an_officer_lets_a_waiting_certificate_go_by_more_limit_and_its_holder_is_told(town):
    waiting = certificates_of(town)[2]
    given = {"measure": "ru-technical-aid", "change": "45 000", "document": "Уведомление № 9"}
    with as_web_role():
        assert signed_in("officer").post("/work/money/limit/?year=2026", given).status_code == 302
    drain()

    assert payments.certificate(number=waiting).state == "issued"
    told = [notice for notice in notifications.inbox(person_id=town.mother) if waiting in notice.link]
    assert {notice.title for notice in told} == {"Сертификат ждёт денег бюджета", "Электронный сертификат выпущен"}
    assert signed_in("mother").get(f"/my{told[0].link}").status_code == 200


def test_certificates_of_another_body_or_person_do_not_exist(town):
    holding = certificates_of(town)[0]
    identity.create_account(
        login="other", password=PASSWORD, role="officer", shown_name="Иная", person_id=None, body="dszn-77",
        territory="77",
    )  # fmt: skip
    with as_web_role():
        assert signed_in("other").get(f"/work/money/certificates/{holding}/").status_code == 404
        assert signed_in("citizen").get(f"/my/payments/certificates/{holding}/").status_code == 404
        assert signed_in("officer").get(f"/work/money/certificates/{holding}/").status_code == 200


@pytest.mark.spoils_the_books
def test_an_officer_sees_what_the_own_body_owes_the_dead_with_the_rights_of_the_web(town, dead):
    with as_web_role():
        listed = signed_in("officer").get("/work/money/heirs/").content.decode()
        shown = signed_in("officer").get(f"/work/money/heirs/{dead}/").status_code

    assert ("Ёлкин" in listed, shown) == (True, 200)
