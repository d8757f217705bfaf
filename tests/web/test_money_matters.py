"""Heirs, help in kind and certificates on screens, tried as officers and citizens do."""

from dataclasses import replace

import pytest
from tests.contexts.payments.below import granted
from tests.web.conftest import TODAY, signed_in
from tests.web.scenes import left_by_the_dead, overpaid

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.certificates import Provision
from kazna.contexts.payments.models import Order
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
REASON = {"fault": "false_data", "means": "withholding", "percent": "20", "reason": "Доход был скрыт от нас."}


@pytest.fixture
def dead(town):
    return left_by_the_dead(town)


@pytest.mark.spoils_the_books
def test_an_officer_pays_the_heirs_by_snils(town, dead):
    officer = signed_in("officer")
    snils = registers.cards([town.mother])[town.mother].snils
    assert "Ёлкин" in officer.get("/work/money/heirs/").content.decode()
    address = f"/work/money/heirs/{dead}/"

    for lines in ("", "11223344595", "000-000-000 00 1", f"{snils} x"):
        assert officer.post(address, {"heirs": lines, "ground": "family"}).status_code == 422
    assert officer.post(address, {"heirs": f"{snils} 1", "ground": "family"}).status_code == 302

    assert Order.objects.filter(recipient_id=town.mother, measure="ru-birth-grant").exists()


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
