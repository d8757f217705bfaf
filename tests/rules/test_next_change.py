"""The next day of change: never late, and exactly the birthday, term end, new figure or new condition."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.rules.conftest import FACTS, MEASURE, PARAMETERS
from tests.rules.generated import measures, situations
from tests.rules.small_law import small_law

from kazna.rules import Situation, load_library
from kazna.rules.next_change import next_change

ON = date(2025, 3, 10)
GIVEN = {"applicant.citizen": True, "child.birth_date": date(2008, 5, 5), "application.date": date(2025, 3, 10)}
FAMILY = [{"tie": "applicant", "income": 300_000_00}]
AGE = "when: age(child.birth_date, application.date) < 17"
TODAY = ("governing_date: application.date", "governing_date: today")


BORDERS = [date(2024, 12, 30), date(2025, 1, 31), date(2025, 6, 8), date(2024, 2, 28)]
AHEAD = (1, 2, 3, 5, 8, 20, 22, 30, 31, 60, 90, 150, 205, 206, 207, 300, 365, 366, 370)


def changes(library, facts=None, on=ON, family=FAMILY, **options):
    situation = Situation({**GIVEN, **(facts or {})}, {"member": family})
    edition = library.edition("ru-example", on)
    return next_change(edition=edition, situation=situation, on=on, parameters=library.parameters, **options)


def by_hand(library, facts, on, days, family=FAMILY):
    """The first of the days whose answer differs, found one by one."""
    situation = Situation({**GIVEN, **facts}, {"member": family})
    edition = library.edition("ru-example", on)

    def answer(day):
        outcome = edition.determine(situation, on=day, parameters=library.parameters)
        return outcome.state, outcome.amount_kopecks, outcome.term_from, outcome.term_to, outcome.missing

    later = (on + timedelta(days=ahead) for ahead in range(1, days))
    return next((day for day in later if answer(day) != answer(on)), None)


def test_nothing_changes_when_the_rule_does_not_read_the_day(library):
    assert changes(library) is None


def test_a_birthday_is_found(write_law):
    library = load_library(write_law(change=(AGE, "when: age(child.birth_date, today) < 17")))

    assert changes(library) == date(2025, 5, 5)
    assert changes(library, on=date(2025, 5, 5)) is None


def test_a_leap_day_birthday_is_the_first_of_march(write_law):
    library = load_library(write_law(change=(AGE, "when: age(child.birth_date, today) < 17")))

    assert changes(library, {"child.birth_date": date(2008, 2, 29)}, on=date(2025, 2, 20)) == date(2025, 3, 1)


def test_a_new_figure_and_the_end_of_an_edition_are_found(write_law):
    newer = load_library(write_law(change=("law: fz1, value: base}", "law: fz1, value: base at today}")))
    ended = load_library(write_law(change=("to: null, text", "to: 2025-06-30, text")))

    assert changes(newer, on=date(2024, 2, 1)) == date(2025, 1, 1)
    assert changes(ended) == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("dates", "day"), [("until: 2025-04-30", date(2025, 5, 1)), ("since: 2025-04-01", date(2025, 4, 1))]
)
def test_a_condition_starts_or_stops_being_in_force(write_law, dates, day):
    measure = write_law(change=TODAY).joinpath("measures/ru-example/2024-01-01.yaml")
    plain = "when: applicant.citizen, law: fz1}"
    measure.write_text(
        measure.read_text("utf-8").replace(plain, f"when: applicant.citizen, law: fz1, {dates}}}"), "utf-8"
    )
    library = load_library(measure.parents[2])

    assert changes(library, {"applicant.citizen": False}) == day
    assert changes(library, {"applicant.citizen": None}) == day


def test_a_term_that_moves_with_the_day_may_be_left_out(write_law):
    library = load_library(write_law(change=("from: month_start(application.date)", "from: month_start(today)")))

    assert changes(library) == date(2025, 4, 1)
    assert changes(library, term=False) is None


def test_an_open_case_waits_for_facts_not_for_days(write_law):
    library = load_library(write_law(change=(AGE, "when: age(child.birth_date, today) < 17")))

    assert changes(library, {"applicant.citizen": None}) == date(2025, 5, 5)
    assert changes(library, {"applicant.citizen": None, "child.birth_date": date(2000, 1, 1)}) is None


def test_a_figure_that_begins_later_ends_the_wait(write_law):
    library = load_library(write_law(change=("law: fz1, value: base}", "law: fz1, value: base at today}")))
    parameters = library.parameters
    situation = Situation(GIVEN, {"member": FAMILY})
    edition = library.edition("ru-example", date(2024, 1, 1))

    found = next_change(edition=edition, situation=situation, on=date(2023, 11, 5), parameters=parameters)

    assert found == date(2024, 1, 1)


def test_a_presumption_on_a_fact_is_no_reason_to_ask_again(write_law):
    library = load_library(write_law(change=("when: applicant.citizen,", "when: applicant.citizen otherwise true,")))

    assert changes(library, {"applicant.citizen": None}) is None


days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
comparisons = st.sampled_from(
    [
        "age(child.birth_date, today) {sign} 17",
        "full_months(application.date, today) {sign} 6",
        "today {sign} add_months(application.date, 3)",
        "base at today {sign} 1100.50 rub",
        "month_end(today) {sign} application.date",
        "days_between(application.date, today) {sign} 40",
        "count(member where age(member.birth_date, today) {sign} 18) > 0",
        "(age(child.birth_date, today) is known) and applicant.years {sign} 5",
    ]
)
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


@settings(max_examples=40, deadline=None)
@given(
    first=comparisons, second=comparisons, signs=st.tuples(SIGNS, SIGNS), word=st.sampled_from(["and", "or"]),
    on=days, applied=st.none() | days, born=st.dates(date(2006, 1, 1), date(2009, 12, 31)),
    years=st.none() | st.integers(0, 9), member=st.none() | st.dates(date(2006, 1, 1), date(2008, 12, 31)),
)  # fmt: skip
def test_the_day_found_is_never_late(tmp_path_factory, first, second, signs, word, on, applied, born, years, member):
    rule = f"{first.format(sign=signs[0])} {word} {second.format(sign=signs[1])}"
    folder = tmp_path_factory.mktemp("law")
    measure = (
        MEASURE.replace(*TODAY)
        .replace("when: applicant.citizen", f'when: "{rule}"')
        .replace(AGE, "when: true or applicant.debt > 1 rub")
        .replace("law: fz1, value: base}", "law: fz1, value: base at today}")
    )
    for place, text in (("facts/f", FACTS), ("parameters/p", PARAMETERS), ("measures/ru-example/2024-01-01", measure)):
        path = folder / f"{place}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    library = load_library(folder)
    facts = {"application.date": applied, "child.birth_date": born, "applicant.years": years}
    family = [{"tie": "applicant", "income": 1, "birth_date": member}]

    true = by_hand(library, facts, on, 400, family)
    found = changes(library, facts, on=on, family=family)

    assert true is None or (found is not None and found <= true)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(text=measures(), situation=situations(), on=st.sampled_from(BORDERS))
def test_over_the_whole_language_the_day_found_is_never_late(text, situation, on):
    edition = small_law().edition(text)
    assume(edition is not None)
    parameters = small_law().library.parameters

    def answer(day):
        outcome = edition.determine(situation, on=day, parameters=parameters)
        return outcome.state, outcome.amount_kopecks, outcome.term_from, outcome.term_to, outcome.missing

    true = next(
        (on + timedelta(days=ahead) for ahead in AHEAD if answer(on + timedelta(days=ahead)) != answer(on)), None
    )
    found = next_change(edition=edition, situation=situation, on=on, parameters=parameters)

    assert true is None or (found is not None and found <= true)
