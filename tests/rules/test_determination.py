"""One measure, one situation: state, amount, term, reasons, and what is still missing."""

import json
from datetime import date

import pytest

from kazna.rules import NoEdition, Situation, SituationError, load_library

ON = date(2025, 3, 10)
GIVEN = {
    "applicant.citizen": True,
    "child.birth_date": date(2020, 5, 5),
    "application.date": date(2025, 3, 10),
}
FAMILY = [{"tie": "applicant", "income": 300_000_00}, {"tie": "spouse", "income": 0}]


def determine(library, facts=None, family=FAMILY, on=ON, **reasons):
    edition = library.edition("ru-example", on)
    situation = Situation({**GIVEN, **(facts or {})}, {"member": family}, reasons)
    return edition.determine(situation, on=on, parameters=library.parameters)


def answers(outcome):
    return {result.id: result.answer for result in outcome.conditions}


def test_grants_with_amount_and_inclusive_term(library):
    outcome = determine(library)

    assert (outcome.state, outcome.amount_kopecks) == ("granted", 110050)
    assert (outcome.term_from, outcome.term_to) == (date(2025, 3, 1), date(2026, 2, 28))
    assert outcome.missing == ()
    assert [(used.name, used.start, used.verified) for used in outcome.parameters_used] == [
        ("base", date(2025, 1, 1), False)
    ]


def test_a_family_above_the_limit_is_refused_though_one_income_is_unknown(library):
    outcome = determine(library, family=[{"tie": "applicant", "income": 500_001_00}, {"tie": "spouse"}])

    assert outcome.state == "refused"
    assert answers(outcome) == {"citizen": "yes", "age": "yes", "poor": "no"}
    assert outcome.missing == ()


def test_every_condition_is_answered_even_after_a_refusal(library):
    outcome = determine(library, {"applicant.citizen": False, "child.birth_date": None})

    assert answers(outcome) == {"citizen": "no", "age": "unknown", "poor": "yes"}
    assert (outcome.state, outcome.missing, outcome.amount_kopecks) == ("refused", (), None)


def test_missing_facts_come_cheapest_first(library):
    facts = {"applicant.citizen": None, "child.birth_date": None}

    outcome = determine(library, facts, [{"tie": "applicant"}])

    assert outcome.missing == ("child.birth_date", "applicant.citizen", "member[0].income")


def test_an_unknown_governing_date_is_asked_for_not_replaced_by_today(library):
    outcome = determine(library, {"application.date": None})

    assert (outcome.state, outcome.governing_date) == ("unknown", None)
    assert outcome.missing == ("application.date",)


def test_a_day_without_a_parameter_row_leaves_the_case_open(library):
    outcome = determine(library, {"application.date": date(2023, 12, 31)})

    assert (outcome.state, outcome.missing) == ("unknown", ("parameter:base",))


def test_values_out_of_range_become_unknown_with_the_reason(library):
    outcome = determine(library, family=[{"tie": "applicant", "income": -1}])

    assert (outcome.state, outcome.missing) == ("unknown", ("member[0].income",))
    assert outcome.unknown_reasons == {"member[0].income": "out_of_range"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("applicant.citizen", 1), ("child.birth_date", "2020-05-05"), ("application.date", 5)],
)
def test_a_value_of_the_wrong_type_is_a_defect(library, name, value):
    with pytest.raises(SituationError, match=name):
        determine(library, {name: value})


def test_conditions_are_in_force_by_the_governing_date(write_law):
    dated = "{id: citizen, title: Заявитель — гражданин, when: applicant.citizen, law: fz1, since: 2025-01-01}"
    plain = "{id: citizen, title: Заявитель — гражданин, when: applicant.citizen, law: fz1}"
    library = load_library(write_law(change=(plain, dated)))

    before = determine(library, {"applicant.citizen": False, "application.date": date(2024, 12, 31)})
    after = determine(library, {"applicant.citizen": False, "application.date": date(2025, 1, 1)})
    unsure = determine(library, {"applicant.citizen": False, "application.date": None})

    assert (before.state, after.state, unsure.state) == ("granted", "refused", "unknown")
    assert "citizen" not in answers(before)


def test_cases_decide_what_logic_alone_cannot(write_law):
    change = ("when: applicant.citizen,", 'when: "applicant.citizen or not applicant.citizen",')
    library = load_library(write_law(change=change))

    outcome = determine(library, {"applicant.citizen": None})

    assert (outcome.state, outcome.amount_kopecks) == ("granted", 110050)
    assert outcome.by_cases == ("applicant.citizen",)


def test_a_fact_that_cannot_matter_is_not_asked(write_law):
    condition = 'when: "(applicant.citizen or applicant.resident) and (applicant.citizen or not applicant.resident)",'
    library = load_library(write_law(change=("when: applicant.citizen,", condition)))

    outcome = determine(library, {"applicant.citizen": None})

    assert outcome.missing == ("applicant.citizen",)


def test_a_stated_presumption_is_shown(write_law):
    change = ("when: applicant.citizen,", "when: applicant.citizen otherwise true,")
    library = load_library(write_law(change=change))

    outcome = determine(library, {"applicant.citizen": None})

    assert (outcome.state, outcome.presumed) == ("granted", ("applicant.citizen",))


def test_never_is_an_open_term(write_law):
    end = '"add_days(add_years(month_start(application.date), 1), -1)"'
    library = load_library(write_law(change=(end, "never")))

    assert determine(library).term_to is None


def test_the_trace_is_plain_json_and_stable(library):
    first, second = determine(library), determine(library)

    assert first.canonical == second.canonical
    assert json.loads(first.canonical) == first.trace
    assert first.trace["conditions"][2]["facts"]["member[0].income"] == 300_000_00


def test_digests_follow_what_decides(write_law):
    before = load_library(write_law())
    renamed = load_library(write_law(change=("- name: назначение", "- name: иначе")))
    changed = load_library(write_law(change=("<= 500000 rub", "<= 500001 rub")))

    first, second, third = (library.edition("ru-example", ON) for library in (before, renamed, changed))
    assert first.digest == second.digest != third.digest
    assert before.digest != renamed.digest
    assert before.edition_by_digest(first.digest) is first
    assert before.parameters.digest == changed.parameters.digest


def test_a_day_without_an_edition_is_refused(library):
    with pytest.raises(NoEdition, match="ru-example"):
        library.edition("ru-example", date(2023, 12, 31))


def test_the_mode_is_chosen_by_the_first_line_known_to_hold(write_law):
    choice = "mode: [{when: applicant.citizen, mode: proactive_decision}, {mode: application}]"
    library = load_library(write_law(change=("mode: application", choice)))
    edition = library.edition("ru-example", ON)

    modes = [edition.choose("mode", Situation({"applicant.citizen": citizen}), ON) for citizen in (True, False, None)]

    assert modes == ["proactive_decision", "application", "application"]
