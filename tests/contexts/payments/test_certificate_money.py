"""Certificates in the ledger, to the kopeck: limits, lapse, ends of awards, deaths, goods brought back late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.contexts.payments.below import granted, stopped
from tests.factories.people import cause as people_cause
from tests.factories.people import enter_person, fact

from kazna.contexts.integration.public import UseTold
from kazna.contexts.notifications.models import Notice
from kazna.contexts.payments import public as payments
from kazna.contexts.payments import tasks
from kazna.contexts.payments.actions.close_certificates import (
    close_of_the_dead,
    lapse_certificates,
    remind_of_certificates,
    stop_certificates,
)
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.actions.keep_to_limits import keep_to_limits
from kazna.contexts.payments.certificates import Certificate
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain
from kazna.plumbing.outbox import publish

pytestmark = pytest.mark.django_db
TODAY, NEXT = date(2026, 2, 16), date(2026, 2, 17)
MEASURE, BODY, AMOUNT = "ru-technical-aid", "sfr-77", 1_000_000
CHAIR, HEARING = "30.92.20.000-00000010", "32.50.22.190-00000020"


def award_of(recipient, **fields):
    given = {"form": "certificate", "period": "once", "amount_kopecks": AMOUNT, "on": TODAY, "first_day": TODAY}
    return granted(recipient, "grant", **{**given, "body": BODY, **fields})


def issue(*awards):
    """Awards of the technical aid; returns their certificates in the same order."""
    told = [replace(award, measure=MEASURE) for award in awards]
    issue_certificates(told)
    found = {one.award_id: one for one in Certificate.objects.all()}
    return [found[award.award_id] for award in awards]


def one(**fields):
    [made] = issue(award_of(uuid4(), **fields))
    return made


def buy(certificate, kopecks, *, number=None, on=TODAY, goods=CHAIR, full=None):
    use = UseTold(
        number or str(uuid4())[:30], goods, kopecks, full or abs(kopecks), "7700000016", "ООО «Ортопедия»",
        datetime(2026, 2, 16, 12, tzinfo=UTC),
    )  # fmt: skip
    return payments.use_certificate(number=certificate.number, use=use, on=on)


def limit(kopecks, document="Уведомление № 1", on=TODAY):
    payments.change_limit(
        measure=MEASURE, body=BODY, year=on.year, change_kopecks=kopecks, document=document, by="officer", on=on
    )


def balances():
    """{kind of account: kopecks} by the ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, sum(kopecks)::bigint FROM payments_balances GROUP BY account")
        return {account: int(kopecks) for account, kopecks in cursor.fetchall() if kopecks}


def kinds():
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM payments_ledger_posting ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


def titles(certificate):
    drain()
    return sorted(Notice.objects.filter(recipient_id=certificate.recipient_id).values_list("title", flat=True))


def fresh(certificate):
    return payments.certificate(number=certificate.number)


def test_the_whole_life_of_a_certificate_is_in_the_ledger():
    made = one()
    assert balances() == {"budget": -AMOUNT, "certificate": AMOUNT}

    assert buy(made, 600_000, number="1", full=700_000) == 400_000
    assert balances() == {"budget": -AMOUNT, "certificate": 400_000, "paid": 600_000}
    assert buy(made, -100_000, number="2") == 500_000
    assert payments.totals()[MEASURE].certificates_kopecks == 500_000
    assert payments.spending(first=TODAY, last=TODAY) == [(TODAY, 500_000)]

    lapse_certificates(made.last_day)
    assert fresh(made).state == "issued"
    day = made.last_day + timedelta(days=1)
    for _ in range(2):
        lapse_certificates(day)

    view = fresh(made)
    assert balances() == {"budget": -500_000, "paid": 500_000}
    assert (view.state, view.ending, view.left_kopecks, view.returned_kopecks) == ("closed", "lapsed", 0, 500_000)
    assert kinds() == ["cert_issue", "cert_used", "cert_back", "cert_lapse"]
    assert [(step.kind, step.kopecks, step.own_kopecks) for step in view.steps] == [
        ("lapsed", 500_000, 0), ("back", 100_000, 0), ("used", 600_000, 100_000), ("issued", AMOUNT, 0),
        ("granted", AMOUNT, 0),
    ]  # fmt: skip


def test_an_award_or_a_purchase_told_twice_posts_once():
    award = award_of(uuid4())
    [made] = issue(award)
    issue(award)
    for _ in range(2):
        assert buy(made, 300_000, number="7") == 700_000

    with pytest.raises(payments.CertificateRefused, match="другим содержанием"):
        buy(made, 300_001, number="7")
    with pytest.raises(payments.CertificateRefused, match="другим содержанием"):
        buy(one(), 300_000, number="7")

    assert kinds() == ["cert_issue", "cert_used", "cert_issue"]


@pytest.mark.parametrize(
    ("kopecks", "goods", "day", "words"),
    [
        (AMOUNT + 1, CHAIR, TODAY, "осталось"),
        (1, "99.99.99.999-00000000", TODAY, "в нём нет"),
        (1, CHAIR, date(2027, 2, 16), "действует с 16.02.2026 по 15.02.2027"),
        (1, CHAIR, date(2026, 2, 15), "действует"),
        (-1, CHAIR, TODAY, "не больше, чем по нему куплено"),
    ],
)
def test_what_a_certificate_does_not_allow_is_refused_and_posts_nothing(kopecks, goods, day, words):
    made = one()

    with pytest.raises(payments.CertificateRefused, match=words):
        buy(made, kopecks, goods=goods, on=day)

    assert kinds() == ["cert_issue"]


def test_goods_of_another_class_do_not_come_back():
    made = one()
    buy(made, 100, goods=HEARING)

    with pytest.raises(payments.CertificateRefused, match="не больше"):
        buy(made, -100, goods=CHAIR)


def test_nothing_is_bought_after_the_lapse_and_what_comes_back_goes_to_the_budget():
    made = one()
    buy(made, 600_000)
    day = made.last_day + timedelta(days=1)
    lapse_certificates(day)

    with pytest.raises(payments.CertificateRefused, match="действует"):
        buy(made, 1, on=day)
    assert buy(made, -200_000, on=day + timedelta(days=1)) == 0
    with pytest.raises(payments.CertificateRefused, match="действует"):
        buy(made, 1, on=day + timedelta(days=1))

    view = fresh(made)
    assert balances() == {"budget": -400_000, "paid": 400_000}
    assert (view.used_kopecks, view.returned_kopecks, view.steps[0].kind) == (400_000, 600_000, "back_late")
    assert view.steps[1].kopecks == 400_000  # on the day of the lapse


def test_a_spent_certificate_ends_without_money_and_without_a_letter():
    made = one()
    buy(made, AMOUNT)
    lapse_certificates(made.last_day + timedelta(days=1))

    assert (fresh(made).ending, kinds()) == ("spent", ["cert_issue", "cert_used"])
    assert titles(made) == ["Электронный сертификат выпущен"]


def test_the_holder_is_reminded_and_told_of_the_lapse_once():
    made = one()
    for days in (31, 30, 29, 7, 6, 0):
        for _ in range(2):
            remind_of_certificates(made.last_day - timedelta(days=days))
    for days in (1, 2):
        lapse_certificates(made.last_day + timedelta(days=days))

    last = f"Сертификат действует до {made.last_day:%d.%m.%Y}"
    assert titles(made) == sorted(["Электронный сертификат выпущен", last, last, "Срок сертификата вышел"])


def test_the_end_of_an_award_closes_the_certificate_on_its_day():
    award = award_of(uuid4())
    [made] = issue(award)
    buy(made, 100)
    end = date(2026, 3, 1)
    stop_certificates([stopped(award, end, NEXT)])

    buy(made, 100, on=date(2026, 2, 28))
    with pytest.raises(payments.CertificateRefused, match="назначение прекращено"):
        buy(made, 100, on=end)
    for _ in range(2):
        lapse_certificates(end)

    view = fresh(made)
    assert (view.ending, view.returned_kopecks) == ("blocked", AMOUNT - 200)
    with pytest.raises(payments.CertificateRefused, match="назначение прекращено"):
        buy(made, 100, on=end)


def test_an_award_taken_back_from_its_beginning_revokes_the_certificate():
    award = award_of(uuid4())
    [made] = issue(award)
    for _ in range(2):
        stop_certificates([stopped(award, date(2026, 2, 1), NEXT)])

    assert (fresh(made).ending, kinds(), balances()) == ("revoked", ["cert_issue", "cert_void"], {})
    with pytest.raises(payments.CertificateRefused, match="отменено"):
        buy(made, 100, on=NEXT)


def test_nobody_buys_by_the_certificate_of_the_dead(below):
    person = below.person()
    [made] = issue(award_of(person))
    buy(made, 100)
    close_of_the_dead([person], NEXT, below)
    assert fresh(made).state == "issued"
    below.dies(person, NEXT)
    for _ in range(2):
        close_of_the_dead([person], NEXT, below)

    with pytest.raises(payments.CertificateRefused, match="нет в живых"):
        buy(made, 100, on=NEXT)
    assert (fresh(made).ending, balances()) == ("died", {"budget": -100, "paid": 100})
    assert buy(made, -100, on=NEXT) == 0
    assert balances() == {}


def test_a_limit_holds_certificates_in_their_order_and_more_limit_lets_them_go():
    limit(2 * AMOUNT + 1)
    made = issue(*(award_of(uuid4()) for _ in range(4)))

    assert [fresh(each).state for each in made] == ["issued", "issued", "waiting", "waiting"]
    [line] = payments.budget_lines(year=2026)
    assert (line.taken_kopecks, line.on_certificates_kopecks, line.waiting_kopecks) == (2 * AMOUNT,) * 3
    assert titles(made[2]) == ["Сертификат ждёт денег бюджета"]
    assert payments.certificate_state(number=made[2].number, award_id=None, on=TODAY) is None
    with pytest.raises(payments.CertificateRefused, match="номера нет"):
        buy(made[2], 1)

    assert keep_to_limits(NEXT) == 0
    limit(AMOUNT, "Уведомление № 2", on=NEXT)

    third = fresh(made[2])
    assert (third.state, third.first_day, third.last_day) == ("issued", NEXT, NEXT + timedelta(days=364))
    assert fresh(made[3]).state == "waiting"
    assert "Электронный сертификат выпущен" in titles(made[2])


def test_the_first_that_does_not_fit_stops_the_line():
    limit(AMOUNT)
    first, small = issue(award_of(uuid4(), amount_kopecks=2 * AMOUNT), award_of(uuid4(), amount_kopecks=1))

    assert (fresh(first).state, fresh(small).state) == ("waiting", "waiting")


def test_what_returned_to_the_budget_makes_room_and_what_left_binds_the_limit():
    limit(AMOUNT)
    first, second = issue(award_of(uuid4(), last_day=NEXT), award_of(uuid4()))
    buy(first, 400_000)
    with pytest.raises(payments.LimitRefused, match="уже отправлено больше"):
        limit(-1, "Уведомление № 2")
    day = NEXT + timedelta(days=1)
    lapse_certificates(day)
    keep_to_limits(day)
    assert fresh(second).state == "waiting"

    limit(400_000, "Уведомление № 3", on=day)
    assert fresh(second).state == "issued"
    [line] = payments.budget_lines(year=2026)
    assert (line.taken_kopecks, line.paid_kopecks, line.on_certificates_kopecks) == (1_400_000, 400_000, AMOUNT)


def test_a_certificate_that_waited_longer_than_its_award_ends_without_money():
    limit(0)
    made = one(last_day=NEXT)
    stopping = award_of(uuid4())
    [other] = issue(stopping)
    stop_certificates([stopped(stopping, NEXT, NEXT)])
    day = NEXT + timedelta(days=1)
    limit(9 * AMOUNT, "Уведомление № 2", on=day)
    lapse_certificates(day)

    assert (fresh(made).ending, fresh(made).returned_kopecks, fresh(other).ending) == ("lapsed", 0, "blocked")
    assert kinds() == []


def test_orders_and_certificates_of_one_limit_stand_in_one_line(below, bank):
    limit(AMOUNT + 500)
    bank.take_on(granted(below.person(), measure="grant", on=TODAY, first_day=TODAY, amount_kopecks=600, body=BODY))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_obligation SET measure = %s", [MEASURE])
    [register] = bank.day(NEXT)
    assert register.lines_count == 1
    made = one(on=NEXT)

    assert fresh(made).state == "waiting"
    limit(100, "Уведомление № 2", on=NEXT)
    assert fresh(made).state == "issued"


def test_the_forecast_expects_certificates_as_often_as_before():
    for _ in range(6):
        one()
    payments.count_forecast(on=TODAY)

    [line] = payments.budget_lines(year=2026)
    assert line.forecast_kopecks == 10 * AMOUNT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_certificate SET used_kopecks = 1",
        "UPDATE payments_certificate SET amount_kopecks = amount_kopecks + 1",
        "UPDATE payments_certificate SET recipient_id = award_id",
        "UPDATE payments_certificate SET last_day = last_day + 1",
        "UPDATE payments_certificate SET state = 'waiting', issued_on = NULL",
        "UPDATE payments_certificate SET state = 'closed'",
        "UPDATE payments_certificate SET state = 'closed', ending = 'lapsed', closed_on = '2026-02-17',"
        " returned_kopecks = amount_kopecks",
        "DELETE FROM payments_certificate",
        "INSERT INTO payments_certificate SELECT repeat('7', 25), md5('x')::uuid, measure, body, kbk, recipient_id,"
        " program, goods, amount_kopecks, used_kopecks, first_day, last_day, closed_on, returned_kopecks, state,"
        " ending, granted_on, days, latest_day, issued_on, stops_on FROM payments_certificate",
    ],
)
def test_the_database_refuses_a_certificate_that_differs_from_its_ledger(statement):
    one()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


SPOILS = {
    "UPDATE payments_certificate SET used_kopecks = used_kopecks + 1": (
        "По сертификату потрачено столько, сколько сказали продавцы"
    ),
    "UPDATE payments_certificate SET amount_kopecks = amount_kopecks + 1": "Сертификат по книге равен таблице",
    "UPDATE payments_certificate_use SET kopecks = kopecks - 1": (
        "По сертификату потрачено столько, сколько сказали продавцы"
    ),
    "UPDATE payments_certificate SET returned_kopecks = 1, state = 'issued', ending = ''": (
        "Начислено по книге равно поручениям и сертификатам"
    ),
    "UPDATE payments_ledger_entry SET account = 'certificate:1' WHERE account LIKE 'certificate:%'": (
        "Сертификат по книге равен таблице"
    ),
    "UPDATE payments_ledger_posting SET kind = 'cert_lapse' WHERE kind = 'cert_used'": (
        "Сертификат по книге равен таблице"
    ),
    "UPDATE payments_certificate SET state = 'closed'": "Закрытый сертификат пуст",
}


@pytest.mark.spoils_the_books
@pytest.mark.parametrize(("statement", "check"), SPOILS.items())
def test_a_spoilt_row_of_a_certificate_is_found(statement, check):
    made = one()
    buy(made, 600_000)
    assert payments.verify() == []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in ("certificate_state_agrees", "certificate_returns_what_was_issued"):
            cursor.execute(f"ALTER TABLE payments_certificate DROP CONSTRAINT {name}")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        found = {one.check for one in payments.verify()}
        transaction.set_rollback(True)

    assert check in found


def test_events_and_the_daily_work_carry_a_certificate_from_its_award_to_its_end():
    """Through the outbox and the calendar, as the platform lives."""
    first, second = (enter_person(n, "Смирнова", "Анна", "Сергеевна", date(1995, 5, n), "F", on=TODAY) for n in (1, 2))
    awards = [replace(award_of(one), measure=MEASURE) for one in (first, second)]
    publish(*awards)
    drain()
    dying, stopping = (payments.certificate(award_id=award.award_id).number for award in awards)
    publish(stopped(awards[1], date(2026, 3, 1), TODAY))
    death = {"date": NEXT.isoformat(), "act": "1"}
    registers.report([fact("person.death", first, NEXT, death)], source="zags", on=NEXT, cause=people_cause(NEXT))
    drain()
    assert payments.certificate(number=dying).ending == "died"
    assert payments.certificate(number=stopping).state == "issued"

    tasks.certificates(date(2026, 3, 1))

    assert payments.certificate(number=stopping).ending == "blocked"
    assert balances() == {}
