"""Every kind an agency's vitrine may answer about: determination reads the same value at all three stages."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction
from lxml import etree
from tests.contexts.registers.exchange import accepted, answer, ask
from tests.contexts.registers.family import MOTHER, ON, card, facts

from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.models import LentAnswer
from kazna.contexts.registers import kinds as registers_kinds
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Fact, FactKind
from kazna.contexts.registers.vitrines import VITRINES
from kazna.standins.documents.figures import write_figures_answer
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


def figures(agency: str, topic: str, told: dict[str, str]) -> None:
    _, asked = ask(MOTHER, agency, topic)
    accepted(answer(write_figures_answer(asked, told, ON), agency))


FIGURES = {
    "property.machines": ("gostehnadzor", "machines", {"ДоПятиЛет": "2"}),
    "property.boats": ("gims", "boats", {"ДоПятиЛет": "1"}),
    "bank.turnover": ("fns", "turnover", {"Сумма": "1400000.50"}),
    "housing.court_debt": ("jkh", "court_debt", {"Есть": "true"}),
    "housing.charge_within_norm": ("jkh", "charge", {"Сумма": "8123.45"}),
    "gas.project": ("gas", "project", {"Оборудование": "90000.00", "Работы": "30000.00", "ГазБыл": "true"}),
}
ANSWERS = {
    "income.year": income, "income.payments": payments, "income.entrepreneur": entrepreneur,
    "income.self_employed": self_employed, "property.vehicles": vehicles, "property.realty": realty,
    **{kind: partial(figures, *told) for kind, told in FIGURES.items()},
}  # fmt: skip


def test_no_kind_is_left_out():
    assert set(ANSWERS) == set(VITRINES)


def test_every_kind_asked_on_demand_has_somebody_who_answers():
    on_demand = {code for code, told in registers_kinds.released().items() if told["stage"] == "on_demand"}

    assert on_demand <= set(VITRINES)
    assert {(one.agency, one.topic) for one in VITRINES.values()} <= set(TOPICS)


def test_figures_are_kopecks_counts_and_yes_or_no():
    figures(*FIGURES["gas.project"])
    figures(*FIGURES["bank.turnover"])

    assert facts(MOTHER, "bank.turnover")[0].value == {"amount_kopecks": 140_000_050}
    assert facts(MOTHER, "gas.project")[0].value == {
        "equipment_kopecks": 9_000_000, "works_kopecks": 3_000_000, "gas_before": True, "only_home": True,
    }  # fmt: skip


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
