"""10.13.I 2.0.0: every part of a statement from our facts, by the official schema; what is not held is left out."""

import re
from datetime import date
from uuid import uuid4

import pytest
from lxml import etree
from tests.factories.people import cause, fact, snils
from tests.kept_rows import entered_once
from tests.rest.test_agency_api import TERMS, opened, package, send
from tests.web.conftest import TODAY, build_town

from kazna.contexts.cases import public as cases
from kazna.contexts.disclosure.adapters import person_statement_1
from kazna.contexts.disclosure.adapters.statement import Statement, own_code
from kazna.contexts.disclosure.contracts import MonthSum
from kazna.contexts.disclosure.models import Disclosed
from kazna.contexts.egisso.models import LocalMeasure
from kazna.contexts.measures import public as measures
from kazna.contexts.payments.models import Obligation, Order
from kazna.contexts.registers import public as registers
from kazna.kernel.places import FORMATS

pytestmark = pytest.mark.django_db
FLAGS = ("incomesInclude", "disabilityInclude", "jobInclude", "experienceInclude", "assigneeInclude",
         "obligationsInclude")  # fmt: skip
ALL = (*TERMS.fields, "incomes", "disability", "jobs", "obligations", "experience", "assignees")
MOTHER, DISABLED = snils(112233445), snils(334455667)


@pytest.fixture
def town(db):
    return entered_once("town", build_town)


def asked(snils=MOTHER, *flags, **changes):
    body = package(snils)
    for flag in flags:
        body = body.replace(f"<ns1:{flag}>false", f"<ns1:{flag}>true")
    for old, new in changes.items():
        body = re.sub(f"<ns1:{old}>[^<]*<", f"<ns1:{old}>{new}<", body)
    return body


def statement(headers, body):
    root = etree.fromstring(send(headers, body).content)
    etree.XMLSchema(etree.parse(FORMATS / "xsd" / "egisso" / "10.13.I-2.0.0.xsd")).assertValid(root)
    return root


def parts(root):
    return [etree.QName(one).localname for one in root.find(".//{*}statementData")]


def rows(root, name):
    return [[field.text for field in row] for row in root.iter(f"{{*}}{name}")]


def tell(kind, person, since, value, *, source, thing=None, until=None):
    told = fact(kind, person, since, value, until=until)
    told = registers.NewFact(kind, person, None, thing, since, until, value) if thing else told
    registers.report([told], source=source, on=TODAY, cause=cause(TODAY))


def test_what_nobody_told_us_is_left_out_and_none_is_an_empty_part(town):
    root = statement(opened(fields=ALL), asked(MOTHER, *FLAGS))

    assert parts(root) == ["person", "assignments", "obligations", "assignees"]
    assert rows(root, "assignee") == []
    assert set(Disclosed.objects.get().fields) == {*ALL}


def test_incomes_jobs_and_disability_are_told_by_month_and_act(town):
    tell("income.payments", town.disabled, date(2026, 1, 1), {"year": 2026, "months": {"01": 100_50, "02": 7_00}},
         source="fns")  # fmt: skip
    group = {"group": "I", "from_childhood": False, "cause": "травма", "act": "5.6.77/2026"}
    tell("disability", town.disabled, date(2026, 2, 14), group, source="fri", until=date(2027, 3, 1),
         thing="disability/77/5.6.77/2026/2026-02-13")  # fmt: skip

    root = statement(opened(fields=ALL), asked(DISABLED, *FLAGS))

    assert [row[:2] + row[3:] for row in rows(root, "monthIncome")] == [
        ["2026", "01", "100.50", "100.50"], ["2026", "02", "7.00", "7.00"],
    ]  # fmt: skip
    assert root.find(".//{*}incomes/{*}amount").text == "107.50"
    assert rows(root, "jobPeriod") == [["2026", "01", "работает"], ["2026", "02", "работает"]]
    (told,) = rows(root, "disability")
    assert told == ["2026-02-16", "2026-02-14", "2027-02-28", "5.6.77/2026", "2026-02-13", "1", "травма"]


def test_obligations_are_by_month_and_agree_with_the_assignments(town):
    root = statement(opened(fields=ALL), asked(DISABLED, "obligationsInclude"))

    assert len(rows(root, "obligation")) == len(rows(root, "assignment")) > 0
    assert rows(root, "payment")
    assert {(year, len(amount.split(".")[1])) for year, _, amount in rows(root, "payment")} == {("2026", 2)}


@pytest.mark.parametrize(("flag", "title"), [
    ("incomesInclude", "Выплаты и вознаграждения"), ("jobInclude", "Работа"), ("disabilityInclude", "Инвалидность"),
    ("obligationsInclude", "Обязательства"), ("experienceInclude", "Страховой стаж"),
    ("assigneeInclude", "за умершего"),
])  # fmt: skip
def test_each_part_needs_the_agreement(town, flag, title):
    root = statement(opened(fields=TERMS.fields), asked(MOTHER, flag))

    assert title in root.findtext(".//{*}error/{*}message")
    assert Disclosed.objects.count() == 0


def test_the_code_is_that_of_the_measures_card_in_the_register(town):
    passport = measures.measure("ru-maternity-capital").editions[-1].document["passport"]["egisso"]
    card = {"msz": "0444", "level": "01", "form": "01", "part": "030701", "shares": [{"funding": "0010"}],
            "categories": [{"id": str(passport["category_id"]), "category": "07000029"}]}  # fmt: skip
    LocalMeasure.objects.filter(pk=passport["lmsz_id"]).delete()
    LocalMeasure.objects.create(
        id=passport["lmsz_id"], title="Пособие", card=card, first_day=date(2020, 1, 1), recorded_on=TODAY
    )

    root = statement(opened(), asked())

    assert "0444.07000029.01.0010.01.030701" in [one.text for one in root.iter("{*}kmszCode")]
    narrowed = asked().replace("</ns1:pdfInclude>", "</ns1:pdfInclude><ns1:mszCodes><ns1:mszCode>0101</ns1:mszCode>"
                               "</ns1:mszCodes>")  # fmt: skip
    assert rows(statement(opened(number="2"), narrowed), "assignment") == []


def test_own_codes_of_two_measures_never_meet():
    every = [card.measure for card in measures.measures_list()]

    assert len({own_code(one, every, "cash") for one in every}) == len(every)


@pytest.mark.parametrize("number", range(3))
def test_official_samples_are_answered(town, number):
    body = (FORMATS / "samples" / f"10.13.I-2.0.0.request.{number}.xml").read_text("utf-8")
    stranger = statement(opened(), body)
    known = statement(opened(number="2"), re.sub(r"snils>\d{11}", f"snils>{MOTHER}", body))

    assert "не предоставляются" in stranger.findtext(".//{*}error/{*}message")
    assert parts(known) == ["person", "assignments"]
    assert known.findtext(".//{*}requestUid") in body


def inherit(heir, dead, kopecks):
    """What the bank credited to the heir for the dead person's award."""
    award = cases.awards_of(person_id=dead)[0]
    owed, _ = Obligation.objects.get_or_create(
        award_id=award.award_id, defaults={
            "measure": award.measure, "body": "77", "recipient_id": dead, "subject_id": dead, "amount_kopecks": kopecks,
            "period": "month", "first_day": date(2026, 1, 1), "granted_on": TODAY, "prorate_first": False,
            "prorate_last": False, "first_pay_on": TODAY, "first_month": date(2026, 1, 1),
        },
    )  # fmt: skip
    Order.objects.create(
        id=uuid4(), award=owed, measure=award.measure, body="77", recipient_id=heir, subject_id=dead,
        month=date(2026, 1, 1), amount_kopecks=kopecks, pay_on=TODAY, state="credited", settled_on=TODAY,
        created_on=TODAY,
    )  # fmt: skip
    return award


def test_length_of_service_is_told_in_years_months_and_days(town):
    tell("insurance.record", town.disabled, date(2026, 1, 1), {"years": "12.53", "ipk": "20"}, source="sfr")

    root = statement(opened(fields=ALL), asked(DISABLED, "experienceInclude"))

    assert rows(root, "experience") == [["12", "6", "10"]]


def test_what_was_received_for_a_dead_person_is_told_to_the_heir_only(town):
    award = inherit(town.mother, town.disabled, 1234_56)

    heir = statement(opened(fields=ALL), asked(MOTHER, "assigneeInclude"))
    other = statement(opened(fields=ALL, number="2"), asked(DISABLED, "assigneeInclude"))

    assert rows(heir, "assignee") == [[DISABLED[:9], award.number[:20], TODAY.isoformat(), "1234.56"]]
    assert rows(other, "assignee") == []


def older(snils=MOTHER):
    body = (FORMATS / "samples" / "10.13.I-1.0.3.request.xml").read_text().replace("71648202795", snils)
    return body.replace("2018-01-01", "2026-01-01").replace("2019-01-01", "2026-12-31").replace(">0001<", ">9001<")


def test_the_older_version_is_answered_in_its_own_words(town):
    award = inherit(town.mother, town.disabled, 1234_56)
    tell("income.payments", town.mother, date(2026, 1, 1), {"year": 2026, "months": {"01": 100_50}}, source="fns")
    body = re.sub("<prsn:assignmentsFilter>.*</prsn:assignmentsFilter>", "", older(), flags=re.DOTALL)

    root = etree.fromstring(send(opened(fields=ALL), body).content)

    person_statement_1.schema("1.0.3").assertValid(root)
    assert parts(root) == ["SNILS", "assignments", "obligations", "assignees", "incomes"]
    assert len(rows(root, "assignment")) == len(rows(root, "obligation")) > 0
    assert rows(root, "assignee") == [[DISABLED[:9], award.number[:20], TODAY.isoformat(), "1234.56"]]
    assert [row[:2] + row[3:] for row in rows(root, "monthIncome")] == [["2026", "1", "100.50", "100.50"]]


def test_an_official_request_of_the_older_version_gets_an_official_error(town):
    root = etree.fromstring(send(opened(fields=ALL), older("71648202795")).content)
    broken = send(opened(fields=ALL, number="2"), older("1"))

    person_statement_1.schema("1.0.3").assertValid(root)
    assert "не предоставляются" in root.findtext("{*}error/{*}message")
    assert (broken.status_code, "не по схеме" in broken.json()["error"]["what"]) == (409, True)


def test_the_official_answer_comes_out_unchanged_in_meaning():
    request = etree.fromstring((FORMATS / "samples" / "10.13.I-1.0.3.request.xml").read_bytes())
    official = etree.fromstring((FORMATS / "samples" / "10.13.I-1.0.3.response.xml").read_bytes())
    told = Statement(incomes=[MonthSum(date(2018, month, 1), 12345_00) for month in (1, 2)])

    ours = etree.fromstring(person_statement_1.answer(request, lambda one: told))

    assert [[*row[:2], *map(float, row[3:])] for row in rows(ours, "monthIncome")] == [
        [*row[:2], *map(float, row[3:])] for row in rows(official, "monthIncome")
    ]
    assert ours.findtext(".//{*}SNILS") == official.findtext(".//{*}SNILS")
