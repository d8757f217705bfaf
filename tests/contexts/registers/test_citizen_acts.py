"""Consents, applications and accounts from the portal; facts from inside the platform."""

from datetime import date

import pytest
from tests.contexts.registers.family import (
    CHILD_SNILS,
    FATHER,
    MOTHER,
    NOW,
    ON,
    act,
    birth,
    card,
    citizen_act,
    codes,
    death,
    facts,
    newborn_snils,
    snils,
    take,
)

from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db
ACCOUNT = {"bik": "044525225", "account": "40817810438000000014"}


def test_an_application_names_the_child_by_the_birth_record(family):
    take(birth())
    take(newborn_snils(), agency="sfr")

    receipt = take(citizen_act("application", child_birth_act=act(1, date(2026, 2, 3)).number), agency="epgu")

    assert receipt.status == "accepted", receipt.remarks
    (fact,) = facts(MOTHER, "application")
    assert fact.object_id == card(CHILD_SNILS).person_id
    assert fact.value == {"measure": "ru-child-benefit", "filed_on": "2026-02-10"}


def test_a_claim_of_burial_benefit_is_an_application_about_the_deceased(family):
    take(death(FATHER))
    take(citizen_act("application", measure="ru-burial-benefit", deceased_snils=FATHER.snils), agency="epgu")

    assert {(f.kind, f.object_id) for f in facts(MOTHER, "burial.claim", "application")} == {
        ("burial.claim", card(FATHER).person_id),
        ("application", card(FATHER).person_id),
    }


def test_another_account_ends_the_former(family):
    receipt = take(citizen_act("account_change", measure=None, account=ACCOUNT), agency="epgu")

    assert receipt.status == "accepted", receipt.remarks
    accounts = facts(MOTHER, "person.account")
    assert [(f.value["account"], f.valid_to) for f in accounts if f.valid_to is None] == [(ACCOUNT["account"], None)]


def test_an_act_of_a_stranger_is_put_aside(family):
    assert codes(take(citizen_act("consent", snils=snils(900000077)), agency="epgu")) == ["person_unknown"]


def test_reporting_the_same_fact_again_changes_nothing(family):
    mother = card(MOTHER).person_id
    told = registers.NewFact("measure.assigned", mother, None, "1", ON, None, {"measure": "m", "amount_kopecks": 1})
    cause = Cause(None, NOW)

    first = registers.report([told], source="sfr", on=ON, cause=cause)
    published = Delivery.objects.count()
    second = registers.report([told], source="sfr", on=ON, cause=cause)

    assert first == second
    assert Delivery.objects.count() == published


def test_an_unknown_kind_of_fact_is_refused(family):
    registers.load_kinds()
    told = registers.NewFact("no.such", card(MOTHER).person_id, None, "", ON, None, {})

    with pytest.raises(registers.UnknownFactKind, match=r"no\.such"):
        registers.report([told], source="sfr", on=ON, cause=Cause(None, NOW))


@pytest.mark.parametrize(
    "value",
    [
        {"bic": "044525225", "account": "40817810438000000014"}, {"bik": "044525225"}, {},
        {"bik": 44525225, "account": "40817810438000000014"}, {"bik": "044525225", "account": "4081781043800000001"},
        {"bik": "044525225", "account": None},
    ],
)  # fmt: skip
def test_an_account_by_which_no_money_could_be_sent_is_refused_whole(family, value):
    mother = card(MOTHER).person_id
    good = registers.NewFact("person.account", mother, None, "1", ON, None, ACCOUNT)
    wrong = registers.NewFact("person.account", mother, None, "2", ON, None, value)
    before = registers.facts_of([mother], kinds=["person.account"])

    with pytest.raises(registers.AccountRefused, match="цифр в поле"):
        registers.report([good, wrong], source="sfr", on=ON, cause=Cause(None, NOW))

    assert registers.facts_of([mother], kinds=["person.account"]) == before
