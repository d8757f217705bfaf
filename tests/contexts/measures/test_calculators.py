"""Calculators answer by the rules of the law; whatever else is typed is named and reckons nothing."""

from datetime import date

import pytest

from kazna.contexts.measures import public as measures
from kazna.rules.examples import read_examples

pytestmark = pytest.mark.django_db  # the law in force may have been published

ON = date(2026, 10, 31)
USUAL = {
    "ru-birth-grant": (["01.10.2026", "77"], 28_450_45),
    "ru-maternity-capital": (["01.10.2026", "2"], 963_243_17),
    "ru-child-benefit": (["77", "01.10.2026", "3", "20000", "30000"], 21_903_00),
    "ru-maternity-benefit": (["01.10.2026", "140", "900000", "1000000", "60"], 364_383_60),
    "ru-childcare-benefit": (["01.06.2026", "10.08.2026", "900000", "1000000"], 31_649_32),
    "ru-sick-leave": (["01.10.2026", "10", "900000", "1000000", "96"], 18_219_18),
    "ru-unemployment-benefit": (["05.05.1985", "40000", "52", "77"], 15_886_00),
    "ru-old-age-pension": (["F", "01.01.1967", "25", "80"], 22_125_49),
    "ru-disability-monthly": (["II", "01.10.2026", "in_kind", "in_kind", "in_kind"], 2_571_98),
    "ru-burial-benefit": (["20.10.2026", "да", "77"], 9_678_63),
    "ru-social-supplement": (["77", "15000", "0", "нет"], 3_971_00),
    "r77-large-family-cost-of-living": (["4"], 7_128_00),
}


def reckon(measure: str, answers: list[str]) -> measures.Reckoning:
    asked = measures.calculator_questions(measure=measure, on=ON)
    return measures.reckon(
        measure=measure, typed={one.key: text for one, text in zip(asked, answers, strict=True)}, on=ON
    )


def test_every_calculator_is_tried_here():
    assert set(measures.calculators()) == set(USUAL)


@pytest.mark.parametrize("measure", USUAL)
def test_usual_answers_come_to_a_sum_with_reasons(measure):
    answers, kopecks = USUAL[measure]

    reckoning = reckon(measure, answers)

    assert (reckoning.state, reckoning.amount_kopecks) == ("granted", kopecks)
    assert reckoning.sentences
    assert reckoning.assumed
    assert not any("never" in title for title, _ in reckoning.assumed)


@pytest.mark.parametrize("measure", USUAL)
def test_nothing_but_the_answers_is_assumed_away_from_the_worked_example(measure):
    library = measures.law_in_force()
    examples, _ = read_examples(library, library.edition(measure, ON))

    assert any(one.expect.get("state") == "granted" for one in examples)


@pytest.mark.parametrize(
    "typed", ["", "0.13.2026", "01.10.1026", "<script>", "1e999999999", "9" * 5000, "\x00", "'; --"]
)
def test_a_wrong_answer_is_named_and_reckons_nothing(typed):
    reckoning = reckon("ru-birth-grant", [typed, "77"])

    assert reckoning.state == ""
    assert list(reckoning.problems) == ["q1"]
    assert "Когда родился ребёнок" in reckoning.problems["q1"]


def test_more_income_gives_less_and_then_nothing():
    sums = [
        reckon("ru-child-benefit", ["77", "01.10.2026", "2", str(income), "30000"]) for income in (0, 60_000, 900_000)
    ]

    assert [one.state for one in sums] == ["granted", "granted", "refused"]
    assert sums[0].amount_kopecks > sums[1].amount_kopecks


def test_a_measure_without_a_calculator_says_so():
    with pytest.raises(measures.NoCalculator):
        measures.reckon(measure="ru-honorary-donor", typed={}, on=ON)
