"""Requests grouped by holder, questions made from the vocabulary, a form that never asks in vain."""

import json
import re
from datetime import date
from itertools import product

import pytest
from tests.rules.conftest import FACTS

from kazna.rules import Situation, load_library
from kazna.rules.plan import AnswerError, fill_form, make_plan, read_answer

ON = date(2025, 3, 10)
KNOWN = {"applicant.citizen": True, "child.birth_date": date(2020, 5, 5), "application.date": ON}


def planned(library, facts, family):
    edition = library.edition("ru-example", ON)
    outcome = edition.determine(Situation(facts, {"member": family}), on=ON, parameters=library.parameters)
    return make_plan([(edition, outcome)])


def test_requests_are_grouped_by_holder(library):
    plan = planned(library, {"application.date": ON}, [{"tie": "applicant"}, {"tie": "spouse"}])

    assert [(one.holder, one.cost, one.days, one.people) for one in plan.requests] == [
        ("ЗАГС", "own", 0, ("child",)),
        ("МВД", "request", 2, ("applicant",)),
        ("ФНС", "request", 5, ("member[0]", "member[1]")),
    ]
    assert (plan.days, plan.questions, plan.lacking) == (5, (), ())


def test_an_unknown_family_is_requested_not_asked(library):
    edition = library.edition("ru-example", ON)
    outcome = edition.determine(Situation(KNOWN, {}), on=ON, parameters=library.parameters)

    (request,) = make_plan([(edition, outcome)]).requests

    assert request.facts == (("member", "Семья"),)


def test_a_figure_the_law_lacks_is_nobodys_to_give(library):
    plan = planned(library, {**KNOWN, "application.date": date(2023, 12, 1)}, [{"tie": "applicant", "income": 0}])

    assert (plan.requests, plan.questions) == ((), ())
    assert plan.lacking == ("значение «Базовая сумма» на этот день",)


@pytest.fixture
def asking(write_law):
    """The example law that asks the citizen for a home, and a student of 18 about study."""
    change = ("when: applicant.citizen,", 'when: "applicant.resident and count(member) >= 2",')
    return load_library(write_law(change=change))


STUDENT = {"tie": "child", "birth_date": date(2005, 1, 1), "income": 0}
FAMILY = [{"tie": "applicant", "income": 0}, STUDENT]


def test_questions_come_from_the_vocabulary(asking):
    home, study = planned(asking, KNOWN, FAMILY).questions

    assert (home.id, home.text, home.type, home.person) == (
        "applicant.resident", "Вы живёте в России?", "yes_no", "applicant",
    )  # fmt: skip
    assert (study.id, study.person) == ("member[1].student", "member[1]")
    assert "человек 2" in study.help
    assert home.measures == ("ru-example",)


def test_a_form_asks_only_what_still_matters(asking):
    edition = asking.edition("ru-example", ON)

    def filled(answers):
        return fill_form(
            editions=[edition], situation=Situation(KNOWN, {"member": FAMILY}), answers=answers, on=ON,
            parameters=asking.parameters,
        )  # fmt: skip

    first = filled({})
    refused = filled({"applicant.resident": "нет"})
    done = filled({"applicant.resident": "да", "member[1].student": True})

    assert [one.id for one in first.plan.questions] == ["applicant.resident", "member[1].student"]
    assert refused.is_done and refused.outcomes[0].state == "refused"
    assert done.is_done and done.outcomes[0].state == "granted"
    assert filled({"applicant.resident": "нет", "member[1].student": True}).unused == ("member[1].student",)


def test_every_way_of_answering_ends_in_an_answer(asking):
    edition = asking.edition("ru-example", ON)
    for home, study in product(["да", "нет"], repeat=2):
        form = fill_form(
            editions=[edition], situation=Situation(KNOWN, {"member": FAMILY}),
            answers={"applicant.resident": home, "member[1].student": study}, on=ON, parameters=asking.parameters,
        )  # fmt: skip
        assert form.is_done and form.outcomes[0].state != "unknown"


@pytest.fixture
def question_of(write_law):
    """The question about a fact of the example law, made one for the citizen."""

    def question(name):
        text = re.sub(rf"({name}:.*)holder: \w+, cost: \w+(, days: \d)?", r"\1question: Скажите, cost: citizen", FACTS)
        test = {"applicant.group": "applicant.group = 'I'", "applicant.income": "applicant.income > 1 rub"}
        test |= {"applicant.years": "applicant.years > 1", "applicant.points": "applicant.points > 1.5"}
        test |= {"applicant.resident": "applicant.resident", "child.birth_date": "applicant.citizen"}
        library = load_library(write_law(facts=text, change=("when: applicant.citizen,", f'when: "{test[name]}",')))
        family = [{"tie": "applicant", "income": 0}]
        known = {fact: value for fact, value in KNOWN.items() if fact != name}
        (found,) = planned(library, known, family).questions
        return found

    return question


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("applicant.resident", "Да", True),
        ("applicant.group", "вторая", "II"),
        ("applicant.income", "1 234,50", 123450),
        ("applicant.income", "7 ₽", 700),
        ("applicant.years", "12", 12),
        ("child.birth_date", "05.05.2020", date(2020, 5, 5)),
        ("child.birth_date", "2020-05-05", date(2020, 5, 5)),
    ],
)
def test_answers_are_read(question_of, name, typed, value):
    assert read_answer(question_of(name), typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("applicant.resident", "может быть"), ("applicant.group", "IV"), ("applicant.income", "12,345"),
        ("applicant.income", "-1"), ("applicant.income", "много"), ("applicant.years", "61"),
        ("applicant.years", "1,5"), ("child.birth_date", "31.02.2020"), ("child.birth_date", "01.01.1812"),
        ("applicant.years", True), ("applicant.income", "1e999999999"), ("applicant.income", "1e-999999999"),
        ("applicant.income", "nan"), ("applicant.income", "9" * 5000), ("applicant.years", "1/2"),
    ],
)  # fmt: skip
def test_a_wrong_answer_says_what_is_wanted(question_of, name, typed):
    question = question_of(name)

    with pytest.raises(AnswerError, match="не подходит") as refusal:
        read_answer(question, typed)

    assert question.help in str(refusal.value)


def test_the_plan_is_json(asking):
    plan = planned(asking, KNOWN, FAMILY).as_json()

    assert json.loads(json.dumps(plan)) == plan
    assert plan["questions"][0]["id"] == "applicant.resident"
