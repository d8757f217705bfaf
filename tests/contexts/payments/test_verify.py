"""The comparison of records finds a changed kopeck, and the files do not change."""

from datetime import date

import pytest
from django.db import connection
from tests.contexts.payments.below import Below, granted
from tests.contexts.payments.conftest import Bank
from tests.contexts.web_role import web_role

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.lifecycle import MOVES
from kazna.contexts.payments.models import Order, Register
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)


@pytest.fixture
def mother():
    """Somebody with one credited grant and one sent."""
    below = Below()
    person = below.person()
    bank = Bank(below)
    bank.take_on(granted(person))
    [register] = bank.day(TUESDAY)
    bank.answer(register, WEDNESDAY)
    bank.take_on(granted(person, on=TUESDAY))
    bank.day(WEDNESDAY)
    return person


def checks():
    return {found.check for found in payments.verify()}


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


TAMPERINGS = {
    "UPDATE payments_order SET amount_kopecks = 1 WHERE state = 'credited'": "Поручение равно обязательству за месяц",
    "UPDATE payments_order SET state = 'sent' WHERE state = 'credited'": (
        "Выплачено по книге равно зачисленным поручениям и покупкам"
    ),
    "UPDATE payments_order SET state = 'scheduled' WHERE state = 'sent'": (
        "В пути по книге равно отправленным поручениям"
    ),
    "UPDATE payments_order SET withheld_kopecks = 1 WHERE state = 'sent'": (
        "В пути по книге равно отправленным поручениям"
    ),
    "UPDATE payments_register SET total_kopecks = total_kopecks + 1": "Сумма реестра равна сумме строк",
    "UPDATE payments_register SET lines_count = 7": "Число строк реестра",
    "UPDATE payments_statement_line SET is_credited = false": "Зачислено по выписке равно поручениям реестра",
    "UPDATE payments_obligation SET stops_on = '2025-01-01'": "Выплаченное после прекращения названо переплатой",
    "UPDATE payments_obligation SET first_month = '2025-05-01'": "Каждый начатый месяц обязательства имеет поручение",
}


@pytest.mark.spoils_the_books
@pytest.mark.parametrize(("tampering", "check"), TAMPERINGS.items())
def test_a_changed_record_is_found(mother, tampering, check):
    assert checks() == set()

    run(tampering)

    assert check in checks()


def test_decisions_are_compared_with_obligations(mother):
    assert payments.verify(decided={"grant": payments.Decided(2, 2 * 2_694_171, 0)}) == []

    [found] = payments.verify(decided={"grant": payments.Decided(3, 3 * 2_694_171, 0)})
    assert found.check == "Решения равны обязательствам"


def test_files_of_registers_are_written_the_same_again(mother, tmp_path):
    first = payments.export(folder=tmp_path / "first")
    second = payments.export(folder=tmp_path / "second")

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert len(first) == 2


@pytest.mark.spoils_the_books
def test_a_register_that_changed_is_not_written(mother, tmp_path):
    payments.export(folder=tmp_path)
    Register.objects.update(date=date(2025, 1, 1))

    with pytest.raises(payments.RegisterChanged):
        payments.export(folder=tmp_path)


def test_people_see_their_own_payments_and_officers_their_body(mother):
    def seen(**viewer):
        with acting_as(Viewer(login="test", **viewer)), web_role():
            return Order.objects.count()

    assert seen(role="citizen", person_ids=(mother,)) == 2
    assert seen(role="citizen") == 0
    assert seen(role="officer", body="sfr-77") == 2
    assert seen(role="officer", body="dszn-77") == 0


def test_figures_without_personal_data_are_for_everybody(mother):
    with acting_as(Viewer(role="citizen", login="test")), web_role():
        assert payments.counts()["orders"]["credited"] == (1, 2_694_171)
        assert payments.totals()["grant"].transit_kopecks == 2_694_171


def test_every_state_of_an_order_is_in_the_diagram():
    drawn = payments.mermaid()

    assert all(str(state) in drawn for state in MOVES)
