"""Explanations: numbers and articles in place, the nearest change proved."""

from datetime import date
from fractions import Fraction

import pytest
from tests.rules.test_determination import determine

from kazna.rules import Situation, load_library
from kazna.rules.explain import nearest_changes, sentences, summary
from kazna.rules.explain.wording import say, say_number


def explained(library, outcome):
    edition = library.edition_by_digest(outcome.edition)
    text = [
        line.replace("\N{NO-BREAK SPACE}", " ") for line in [summary(outcome, edition), *sentences(outcome, edition)]
    ]
    return text[0], text[1:]


def test_a_grant(library):
    headline, lines = explained(library, determine(library))

    assert headline == "Выплата для примера: положено 1 100,50 ₽ в месяц, с 01.03.2025 по 28.02.2026."
    assert lines == [
        "Заявитель — гражданин — да (1-ФЗ, статья 3).",
        "Ребёнку нет 17 лет — да: дата рождения ребёнка 05.05.2020, дата заявления 10.03.2025 (1-ФЗ, статья 9).",
        "Доход семьи небольшой — да: доход семьи 300 000,00 ₽ (1-ФЗ, статья 3).",
        "Доход семьи: 300 000,00 ₽.",
        "Базовая сумма: 1 100,50 ₽ с 01.01.2025 (Закон о бюджете); значение не сверено с официальным текстом.",
        "Базовая сумма: 1 100,50 ₽ (1-ФЗ, статья 3).",
        "Срок: с 01.03.2025 по 28.02.2026 (1-ФЗ, статья 3).",
    ]


def test_a_refusal_says_what_would_change_it(library):
    family = [{"tie": "applicant", "income": 700_000_00}]

    headline, lines = explained(library, determine(library, family=family))

    assert headline == "Выплата для примера: не положено. Не выполнено: Доход семьи небольшой."
    assert lines[-1] == (
        "Было бы положено, если бы: доход за год (человек 1) — не больше 500 000,00 ₽ (сейчас 700 000,00 ₽)."
    )


def test_an_unknown_says_what_is_lacking(library):
    headline, lines = explained(library, determine(library, {"applicant.citizen": None}))

    assert headline == "Выплата для примера: пока не решено. Не хватает: заявитель — гражданин."
    assert lines[0] == "Заявитель — гражданин — пока неизвестно: не хватает: заявитель — гражданин (1-ФЗ, статья 3)."


def test_a_question_of_the_condition_is_asked(write_law):
    change = ("when: applicant.citizen, law: fz1", "when: applicant.citizen, law: fz1, otherwise_ask: Вы гражданин?")
    library = load_library(write_law(change=change))

    _, lines = explained(library, determine(library, {"applicant.citizen": None}))

    assert "не хватает: заявитель — гражданин; спросим: «Вы гражданин?»" in lines[0]


def test_a_refusal_shows_no_computation_of_the_amount(library):
    _, lines = explained(library, determine(library, {"applicant.citizen": False}))

    assert not [line for line in lines if line.startswith("Базовая сумма")]


def test_the_nearest_change_really_grants(library):
    outcome = determine(library, {"applicant.citizen": False})
    edition = library.edition_by_digest(outcome.edition)

    (change,) = nearest_changes(outcome, edition)

    assert (change.fact, change.value) == ("applicant.citizen", True)
    facts = {**outcome.situation.facts, change.fact: change.value}
    again = edition.determine(
        Situation(facts, outcome.situation.relations), on=outcome.on, parameters=library.parameters
    )
    assert again.state == "granted"


def test_nothing_is_proposed_when_one_fact_is_not_enough_or_is_fixed(library):
    two = determine(library, {"applicant.citizen": False}, [{"tie": "applicant", "income": 700_000_00}])
    born = determine(library, {"child.birth_date": date(2000, 1, 1)})
    edition = library.edition_by_digest(two.edition)

    assert nearest_changes(two, edition) == []
    assert nearest_changes(born, edition) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [(5, "5"), (-0.5, "−0,5"), (60.5, "60,5"), (0.005, "0,005"), (100, "100")],
)
def test_numbers_are_said_exactly(value, said):
    assert say_number(Fraction(str(value))) == said


def test_a_third_is_said_as_a_fraction_and_never_as_open():
    assert say_number(Fraction(1, 3)) == "1/3"
    assert say(date.max) == "бессрочно"
    assert say(None) == "нет сведений"
