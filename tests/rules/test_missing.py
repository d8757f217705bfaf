"""What is asked for: a fact is listed exactly when some completion of the others makes it matter."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.rules.conftest import FACTS, MEASURE, PARAMETERS
from tests.rules.expressions import mistakes_of
from tests.rules.generated import completions, measures, situations
from tests.rules.small_law import ON as SMALL_LAW_DAY
from tests.rules.small_law import VALUES, small_law

from kazna.rules import Situation, load_library

ON = date(2025, 6, 10)
WIDE = FACTS.replace("range: [0, 60]", "range: [0, 20]").replace("range: [-1000, 1000000]", "range: [0, 0.19]")
DOMAINS = {
    "applicant.citizen": (False, True),
    "applicant.share": tuple(range(1, 4)),
    "applicant.years": tuple(range(21)),  # too many values to try them all: the turning points are found
    "applicant.debt": tuple(range(20)),
}
SHARES = WIDE.replace("range: [1, 12]", "range: [1, 3]")
numbers = st.sampled_from(
    [
        "applicant.years", "applicant.years * 2", "applicant.years + applicant.share", "10 - applicant.years",
        "applicant.years / 2", "floor(applicant.years / 3)", "max(applicant.years, 7)", "min(applicant.years, 12)",
        "(if applicant.citizen then applicant.years else 5)", "(if applicant.years > 9 then 4 else applicant.share)",
        "count_true(applicant.citizen, applicant.years >= 4)", "applicant.years - applicant.years",
    ]
)  # fmt: skip
moneys = st.sampled_from(
    ["applicant.debt", "applicant.debt * 2", "applicant.debt * applicant.share", "round_down(applicant.debt, 5)"]
)
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
atoms = st.one_of(
    st.just("applicant.citizen"),
    st.builds(lambda left, sign, right: f"{left} {sign} {right}", numbers, SIGNS, st.integers(0, 20)),
    st.builds(lambda left, sign, right: f"{left} {sign} 0.{right:02} rub", moneys, SIGNS, st.integers(1, 19)),
    st.builds(lambda some: f"applicant.years in {{{some}, {some + 3}}}", st.integers(0, 15)),
)
truths = st.deferred(
    lambda: st.one_of(
        atoms,
        st.builds(lambda left, word, right: f"({left} {word} {right})", truths, st.sampled_from(["and", "or"]), truths),
        st.builds(lambda one: f"(not {one})", truths),
    )
)
amounts = st.sampled_from(
    ["base", "if applicant.years > 9 then base else base", "if applicant.years > 9 then base else 2 * base",
     "if applicant.citizen then base else base + applicant.debt", "base + 1 rub * applicant.years"]
)  # fmt: skip


def edition_of(folder, rule, amount):
    head = MEASURE.partition("steps:")[0]
    measure = (
        head.replace("governing_date: application.date", "governing_date: today")
        + f'conditions:\n  - {{id: only, title: Единственное, when: "{rule}", law: fz1}}\n'
        + f'amount: {{title: Сумма, law: fz1, value: "{amount}"}}\n'
        + "passport: {mode: application, decision_days: 10}\n"
    )
    for place, text in (("facts/f", SHARES), ("parameters/p", PARAMETERS), ("measures/ru-example/2024-01-01", measure)):
        path = folder / f"{place}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    library = load_library(folder)
    return library.edition("ru-example", ON), library.parameters


@settings(max_examples=80, deadline=None)
@given(
    rule=truths, amount=amounts, known=st.sets(st.sampled_from(sorted(DOMAINS)), min_size=1, max_size=3), data=st.data()
)
def test_a_fact_is_asked_for_exactly_when_it_can_matter(law, tmp_path_factory, rule, amount, known, data):
    assume(mistakes_of(law, rule) == [])
    edition, parameters = edition_of(tmp_path_factory.mktemp("law"), rule, amount)
    given_facts = {name: data.draw(st.sampled_from(DOMAINS[name])) for name in sorted(known)}
    asked = sorted(set(DOMAINS) - known)

    def answer(facts):
        return edition.determine(Situation(facts), on=ON, parameters=parameters)

    outcome = answer(given_facts)
    results = {
        values: (found.state, found.amount_kopecks)
        for values in product(*(DOMAINS[name] for name in asked))
        if (found := answer({**given_facts, **dict(zip(asked, values, strict=True))}))
    }
    if outcome.state != "unknown":
        assert set(results.values()) == {(outcome.state, outcome.amount_kopecks)}
        return
    mattering = {name for place, name in enumerate(asked) if turns(results, place)}
    assert mattering <= set(outcome.missing)
    if exact(rule, amount, asked):
        assert mattering == set(outcome.missing)


def turns(results, place):
    lines = {}
    for values, result in results.items():
        lines.setdefault(values[:place] + values[place + 1 :], set()).add(result)
    return any(len(line) > 1 for line in lines.values())


def exact(rule, amount, asked):
    """Two unknown numbers in one comparison are not taken apart, nor too many cases: the list may then be too long."""
    shared = ("+ applicant", "* applicant", "then 4 else", "then applicant.years", "count_true", "- applicant")
    is_plain = not any(word in rule for word in shared) and "applicant.debt" not in amount
    turns_twice = rule.count("years") + rule.count("debt") + rule.count(" in {") <= 2
    return turns_twice and (len(asked) == 1 or (is_plain and len(asked) == 2))


@pytest.fixture(scope="module")
def law(tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    for name, text in (("facts", SHARES), ("parameters", PARAMETERS)):
        (folder / name).mkdir()
        (folder / name / "all.yaml").write_text(text, encoding="utf-8")
    return load_library(folder)


def test_a_number_that_cannot_matter_is_not_asked(tmp_path):
    rule = "(applicant.years > 9 and applicant.citizen) or (applicant.years <= 9 and applicant.citizen)"
    edition, parameters = edition_of(tmp_path, rule, "base")

    outcome = edition.determine(Situation({}), on=ON, parameters=parameters)

    assert outcome.missing == ("applicant.citizen",)


def test_a_number_that_never_changes_the_answer_decides_the_case(tmp_path):
    edition, parameters = edition_of(tmp_path, "applicant.years > 9 or applicant.years < 15", "base")

    outcome = edition.determine(Situation({}), on=ON, parameters=parameters)

    assert (outcome.state, outcome.by_cases) == ("granted", ("applicant.years",))


def test_of_equal_cost_the_fact_that_decides_more_comes_first(write_law):
    change = (
        "when: applicant.citizen,",
        'when: "applicant.points > 5 and applicant.share > 3 and applicant.years > 3",',
    )
    library = load_library(write_law(change=change))
    edition = library.edition("ru-example", ON)
    facts = {"application.date": ON}

    outcome = edition.determine(Situation(facts, {"member": [{"income": 0}]}), on=ON, parameters=library.parameters)

    assert outcome.missing[0] == "child.birth_date"
    assert outcome.missing[1:] == ("applicant.points", "applicant.share", "applicant.years")


HIDEABLE = sorted(VALUES)
PRESUMES = re.compile(r" is (un)?known| otherwise ")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(text=measures(), data=st.data())
def test_over_the_whole_language_what_is_not_asked_changes_nothing(text, data):
    assume(not PRESUMES.search(text))
    edition = small_law().edition(text)
    assume(edition is not None)
    told = data.draw(situations().flatmap(completions))
    hidden = data.draw(st.sets(st.sampled_from(HIDEABLE), min_size=1, max_size=3))

    def answer(changes):
        situation = Situation({**told.facts, **changes}, told.relations)
        found = edition.determine(situation, on=SMALL_LAW_DAY, parameters=small_law().library.parameters)
        return found, (found.state, found.amount_kopecks, found.term_from, found.term_to)

    outcome, result = answer(dict.fromkeys(hidden))
    needless = sorted(hidden - set(outcome.missing))
    free = sorted(hidden) if outcome.state != "unknown" else needless
    other = {name: data.draw(st.sampled_from(VALUES[name])) for name in free}
    if outcome.state != "unknown":
        assert answer({})[1] == answer(other)[1] == result
    elif not any(name.startswith(("parameter:", "table:", "calendar:", "definition:")) for name in outcome.missing):
        assert answer({})[1] == answer(other)[1]
