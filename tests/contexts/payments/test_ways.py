"""Ways of payment: the post with its days, МИР cards, money nobody takes, money asked back after a death."""

from datetime import date

import httpx
import pytest
from lxml import etree
from tests.contexts.payments.below import granted, stopped

from kazna.contexts.payments.actions import recall_credits as recalling
from kazna.contexts.payments.actions.count_unclaimed import count_unclaimed
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.adapters.credit_register import payload_of
from kazna.contexts.payments.debts import Recall
from kazna.contexts.payments.models import Order, Payee
from kazna.plumbing.models import Event

pytestmark = pytest.mark.django_db
JANUARY, FULL = date(2025, 1, 1), 1_000_000


def monthly(person, **named):
    return granted(person, "benefit", amount_kopecks=FULL, first_day=JANUARY, on=date(2025, 1, 15), **named)


def by_post(below, day=12):
    person = below.person(account=None, address="г. Москва, ул. Мира, д. 1")
    below.tells("person.delivery", person, {"index": "101000", "day": day})
    return person


def test_the_post_gets_a_register_of_its_own_with_days_and_addresses(below, bank):
    bank.take_on(monthly(by_post(below)), monthly(below.person()))

    registers = {r.bik: r for r in bank.day(date(2025, 2, 3))}

    assert set(registers) == {"post-101", below_bik(registers)}
    [line] = registers["post-101"].lines.all()
    assert (line.account, line.delivery_on, line.amount_kopecks) == ("101000", date(2025, 2, 12), FULL)
    root = etree.fromstring(payload_of(registers["post-101"]))
    assert root.find("{*}Доставка").get("День") == "2025-02-12"
    assert root.findtext("{*}Доставка/{*}Адрес") == "г. Москва, ул. Мира, д. 1"
    assert root.find("{*}Итого").get("Копеек") == str(FULL)


def below_bik(registers):
    return next(bik for bik in registers if not bik.startswith("post"))


def test_days_the_post_did_not_name_lie_between_the_third_and_the_twenty_fifth(below, bank):
    people = [by_post(below, day=None) for _ in range(30)]
    bank.take_on(*map(monthly, people))

    days = set(Payee.objects.values_list("delivery_day", flat=True))

    assert min(days) >= 3 and max(days) <= 25


def test_a_day_that_has_passed_is_the_day_after_tomorrow(below, bank):
    bank.take_on(granted(by_post(below, day=3), on=date(2025, 3, 20)))

    [register] = bank.day(date(2025, 3, 20)) or bank.day(date(2025, 3, 21))

    assert (register.lines.get().delivery_on - register.date).days == 2


def test_the_budget_pays_to_no_card_but_mir(below, bank):
    person = below.person(account=None)
    below.tells("person.account", person, {"bik": "044525225", "account": "40817810938160000001", "card": "visa"})
    bank.take_on(granted(person))

    assert bank.day(date(2025, 3, 4)) == []
    assert (Payee.objects.get().is_foreign_card, Order.objects.get().hold_reason) == (True, "no_account")

    below.tells("person.account", person, {"bik": "044525225", "account": "40817810938160000001", "card": "mir"})
    bank.people_changed(person, on=date(2025, 3, 5))
    assert len(bank.day(date(2025, 3, 5))) == 1


def test_six_months_that_nobody_took_are_told_once_counted(below, bank):
    award = monthly(by_post(below))
    bank.take_on(award)
    for month in range(2, 9):
        for day in range(1, 6):
            for register in bank.day(date(2025, month, day)):
                bank.answer(register, date(2025, month, 20), {1: "не востребовано"})
                Payee.objects.update(is_refused=False)  # the post tries again next month
    assert count_unclaimed(date(2025, 8, 2)) == 0

    count_unclaimed(date(2025, 9, 1))

    told = Event.objects.filter(kind="PaymentsUnclaimed")
    assert told.count() == 1
    assert told.get().payload["award_id"] == str(award.award_id)


def test_one_month_taken_is_not_unclaimed(below, bank):
    bank.take_on(monthly(by_post(below)))
    bank.days(date(2025, 2, 3), date(2025, 8, 30))

    assert count_unclaimed(date(2025, 9, 1)) == 0


def test_what_came_after_a_death_is_asked_back_once(below, bank, settings):
    settings.KAZNA_AGENCY_URLS = {"bank": "http://bank.test"}
    person = below.person()
    award = monthly(person)
    bank.take_on(award)
    bank.days(date(2025, 2, 3), date(2025, 5, 10))
    below.dies(person, date(2025, 2, 20))
    bank.people_changed(person, on=date(2025, 5, 12))
    stop_obligations([stopped(award, date(2025, 3, 1), date(2025, 5, 12))])
    asked = []
    client = httpx.Client(transport=httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(202)))

    assert [recalling.find_recalls(date(2025, 5, 12)) for _ in range(2)] == [2, 0]
    recalling.send_recalls(date(2025, 5, 12), client=client)
    recalling.send_recalls(date(2025, 5, 13), client=client)

    [request] = asked
    rows = etree.fromstring(request.content).findall("{*}Зачисление")
    assert [row.get("Копеек") for row in rows] == [str(FULL), str(FULL)]
    assert sorted(Recall.objects.values_list("order__month", flat=True)) == [date(2025, 3, 1), date(2025, 4, 1)]


def test_a_bank_that_does_not_answer_is_asked_again(below, bank, settings):
    settings.KAZNA_AGENCY_URLS = {"bank": "http://bank.test"}
    person = below.person()
    award = monthly(person)
    bank.take_on(award)
    bank.days(date(2025, 2, 3), date(2025, 4, 10))
    below.dies(person, date(2025, 2, 20))
    bank.people_changed(person, on=date(2025, 4, 11))
    stop_obligations([stopped(award, date(2025, 3, 1), date(2025, 4, 11))])
    recalling.find_recalls(date(2025, 4, 11))

    answers = iter([httpx.Response(503, text="занят"), httpx.Response(202)])
    client = httpx.Client(transport=httpx.MockTransport(lambda request: next(answers)))

    assert [recalling.send_recalls(date(2025, 4, d), client=client) for d in (11, 14)] == [0, 1]


def test_an_account_without_its_bank_waits_and_holds_up_nobody(below, bank):
    nameless = below.person(account=None)
    below.tells("person.account", nameless, {"account": "40817810000000000001"})
    bank.take_on(monthly(nameless), monthly(below.person()))

    [register] = bank.day(date(2025, 2, 3))

    assert register.lines.count() == 1
    assert set(Order.objects.filter(recipient_id=nameless).values_list("state", "hold_reason")) == {
        ("held", "no_account")
    }
