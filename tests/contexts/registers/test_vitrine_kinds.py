"""Every kind an agency's vitrine may answer about: determination reads the same value at all three stages."""

from __future__ import annotations

import pytest
from django.db import transaction
from lxml import etree
from tests.contexts.registers.exchange import accepted, answer, ask
from tests.contexts.registers.family import MOTHER, ON, card, facts

from kazna.contexts.integration.models import LentAnswer
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Fact, FactKind
from kazna.contexts.registers.vitrines import VITRINES
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.property_answers import RealtyRow, VehicleRow, write_realty_answer, write_vehicles_answer
from kazna.standins.documents.requests import read_income_request
from kazna.standins.documents.tax_answers import (
    write_entrepreneur_answer,
    write_payments_answer,
    write_self_employed_answer,
)

pytestmark = pytest.mark.usefixtures("family")
STAGES = ("stored", "cached", "on_demand")
PAYER = Payer("7701234567", "ООО", {1: 100_00, 2: 50_50})


def income() -> None:
    _, asked = ask(MOTHER, "fns", "", "2025")
    accepted(answer(write_income_answer(read_income_request(etree.tostring(asked, encoding="UTF-8")), [PAYER]), "fns"))


def payments() -> None:
    _, asked = ask(MOTHER, "fns", "payments", "2025")
    accepted(answer(write_payments_answer(asked, "answer-1", "770123456789", [(2025, PAYER)]), "fns"))


def entrepreneur() -> None:
    payments()  # the tax number of the person comes with it
    _, asked = ask(MOTHER, "fns", "entrepreneur", "2025")
    accepted(answer(write_entrepreneur_answer(asked, {2025: 1_200_000}), "fns"))


def self_employed() -> None:
    _, asked = ask(MOTHER, "fns", "self_employed", "2025")
    accepted(answer(write_self_employed_answer(asked, {3: 10_000_00, 4: 5_00}, True, ON), "fns"))


def vehicles() -> None:
    request_id, _ = ask(MOTHER, "gibdd", "vehicles")
    accepted(answer(write_vehicles_answer([VehicleRow("a", 2024, "150.6")]), "gibdd", request_id))


def realty() -> None:
    _, asked = ask(MOTHER, "rosreestr", "realty")
    accepted(
        answer(write_realty_answer(asked, [RealtyRow("77:01:0001:1", "квартира", "54.3", "1/2")], ON), "rosreestr")
    )


ANSWERS = {
    "income.year": income, "income.payments": payments, "income.entrepreneur": entrepreneur,
    "income.self_employed": self_employed, "property.vehicles": vehicles, "property.realty": realty,
}  # fmt: skip


def test_no_kind_is_left_out():
    assert set(ANSWERS) == set(VITRINES)


@pytest.mark.parametrize("kind", ANSWERS)
def test_one_setting_moves_the_kind_and_what_is_read_is_equal(kind):
    registers.load_kinds()
    read, kept = {}, {}
    for stage in STAGES:
        with transaction.atomic():
            FactKind.objects.filter(code=kind).update(stage=stage)
            ANSWERS[kind]()
            read[stage] = [(fact.value, fact.valid_from, fact.valid_to, fact.source) for fact in facts(MOTHER, kind)]
            kept[stage] = Fact.objects.filter(subject_id=card(MOTHER).person_id, kind=kind).get().value
            if stage == "on_demand":
                registers.forget_answers(facts(MOTHER, kind))
                assert not LentAnswer.objects.exists() and [one.value for one in facts(MOTHER, kind)] == [{}]
            transaction.set_rollback(True)

    assert read["stored"] and read["stored"] == read["cached"] == read["on_demand"]
    assert kept["stored"] == kept["cached"] == read["stored"][0][0]
    assert set(kept["on_demand"]) == {"withheld"}
