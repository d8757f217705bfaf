"""From facts in the registers to rights, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest

from kazna.contexts.measures import library as law
from kazna.contexts.measures.answering import same_answer
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.derivations import Asked, NotKnown, derivations
from kazna.contexts.measures.derivations.windows import window
from kazna.contexts.measures.determine import determine
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.places import LAW
from kazna.rules.evaluate.series import series_of
from kazna.rules.situation import SituationError

MOTHER, FATHER, CHILD = UUID(int=1), UUID(int=2), UUID(int=3)
BORN = date(2026, 2, 10)
ON = date(2026, 2, 16)
LONG_AGO = date(1995, 5, 1)
_seq = count(1)


def fact(kind, subject, value, *, since=LONG_AGO, until=None, about=None, known_on=ON):
    return Fact(
        id=uuid4(), seq=next(_seq), kind=kind, subject_id=subject, object_id=about, thing=str(next(_seq)),
        valid_from=since, valid_to=until, value=value, source="zags", document_id=None, known_on=known_on,
        recorded_at=datetime(2026, 2, 16, tzinfo=UTC),
    )  # fmt: skip


def person(who, born, sex):
    return [
        fact("person.birth", who, {"date": born.isoformat()}, since=born),
        fact("person.sex", who, {"sex": sex}, since=born),
    ]


def moscow(who):
    return [
        fact("person.citizenship", who, {"oksm": "643", "by_birth": True}),
        fact("person.residence", who, {"region": "77", "oktmo": "45000000", "address": "Москва", "permanent": True}),
    ]


@pytest.fixture
def newborn():
    return [
        *person(MOTHER, LONG_AGO, "F"),
        *moscow(MOTHER),
        *person(CHILD, BORN, "M"),
        fact("family.parent", CHILD, {"role": "mother", "act": "1"}, since=BORN, about=MOTHER),
        fact("family.birth_details", CHILD, {"live": True, "multiple": 1, "order": 1}, since=BORN),
        fact("employment", MOTHER, {"employer_inn": "7799000001"}, since=date(2020, 1, 1)),
    ]


def decide(measure, facts, on=ON, **roles):
    library = law.load(LAW)
    return determine(library, library.edition(measure, on), roles, Book(facts), on)


def test_first_child_gives_the_full_certificate(newborn):
    found = decide("ru-maternity-capital", newborn, child=CHILD, applicant=MOTHER)

    assert (found.outcome.state, found.outcome.amount_kopecks) == ("granted", 72892190)
    assert found.mode == "proactive_decision"


def test_birth_grant_of_a_working_mother_needs_no_application(newborn):
    found = decide("ru-birth-grant", newborn, child=CHILD, applicant=MOTHER)

    assert (found.outcome.state, found.outcome.amount_kopecks) == ("granted", 2845045)
    assert found.mode == "proactive_decision"


def test_without_a_job_the_birth_grant_is_offered(newborn):
    facts = [f for f in newborn if f.kind != "employment"]

    assert decide("ru-birth-grant", facts, child=CHILD, applicant=MOTHER).mode == "proactive_notice"


def test_the_same_facts_give_the_same_trace(newborn):
    one = decide("ru-maternity-capital", newborn, child=CHILD, applicant=MOTHER)
    again = decide("ru-maternity-capital", list(reversed(newborn)), child=CHILD, applicant=MOTHER)

    assert one.trace_sha256 == again.trace_sha256


def test_facts_used_are_enough_to_decide_again(newborn):
    found = decide("ru-birth-grant", newborn, child=CHILD, applicant=MOTHER)
    used = [f for f in newborn if f.id in found.fact_ids]

    assert decide("ru-birth-grant", used, child=CHILD, applicant=MOTHER).trace == found.trace


def test_child_benefit_names_the_incomes_it_misses(newborn):
    applied = fact("application", MOTHER, {"measure": "ru-child-benefit"}, since=ON, about=CHILD)
    declared = fact("property.answer", MOTHER, {"excess": False}, since=ON)

    found = decide("ru-child-benefit", [*newborn, applied, declared], child=CHILD, applicant=MOTHER)

    assert found.outcome.state == "unknown"
    assert {m.person_id for m in found.missing} == {MOTHER}
    assert {m.cost for m in found.missing} == {"request"}


def test_child_benefit_is_granted_to_a_poor_working_mother(newborn):
    applied = fact("application", MOTHER, {"measure": "ru-child-benefit"}, since=ON, about=CHILD)
    months = {f"{m.month:02d}": 2500000 for m in window(ON)}
    answers = [
        fact("property.answer", MOTHER, {"excess": False}, since=ON),
        fact("income.year", MOTHER, {"year": 2025, "months": months}, known_on=ON),
        fact("unemployment.answer", MOTHER, {"present": False, "asked_on": ON.isoformat()}, since=ON),
    ]

    found = decide("ru-child-benefit", [*newborn, applied, *answers], child=CHILD, applicant=MOTHER)

    assert found.outcome.state == "granted"
    assert found.outcome.amount_kopecks in {2190300, 1642725, 1095150}  # 100, 75 or 50 % of 21 903 ₽


def test_income_window_of_an_application_in_february():
    months = window(date(2026, 2, 10))

    assert (months[0], months[-1], len(months)) == (date(2025, 1, 1), date(2025, 12, 1), 12)


@pytest.mark.parametrize(("group", "kopecks"), [("I", 433197), ("II", 257198), ("III", 169476)])
def test_monthly_payment_of_a_disabled_person_is_net_of_services(group, kopecks):
    facts = [
        *person(MOTHER, LONG_AGO, "F"),
        *moscow(MOTHER),
        fact("disability", MOTHER, {"group": group, "from_childhood": False, "cause": "general"},
             since=ON - timedelta(days=3), until=date(2027, 3, 1)),
    ]  # fmt: skip

    found = decide("ru-disability-monthly", facts, person=MOTHER)

    assert (found.outcome.state, found.outcome.amount_kopecks) == ("granted", kopecks)


def test_every_derivation_the_vocabulary_names_exists_and_every_one_is_named():
    named = {(spec.plain.get("derive") or {"name": "value"})["name"] for spec in law.load(LAW).facts.values()}

    assert named == set(derivations)


def test_monthly_amounts_are_derived_as_series():
    by_month = [spec.plain for spec in law.load(LAW).facts.values() if spec.plain["type"] == "series"]

    names = {"series", "tax_year_series", "registered_series"}
    assert {(spec.get("derive") or {}).get("name") for spec in by_month} == names


def test_every_fact_kind_of_the_vocabulary_stands_in_the_catalogue():
    library = law.load(LAW)

    assert {spec.plain["kind"] for spec in library.facts.values()} <= set(library.kinds)


AGE_REACHED = date(2026, 3, 10)
WOMAN = UUID(int=9)


def future_pensioner():
    born = date(1967, 3, 10)  # pension age 59 in 2026
    return [
        *person(WOMAN, born, "F"),
        *moscow(WOMAN),
        fact("insurance.record", WOMAN, {"years": "30.0", "ipk": "100.000", "savings_kopecks": 0}),
    ]


def decide_pension(facts, on, as_of=None):
    library = law.load(LAW)
    edition = library.edition("ru-old-age-pension", on)
    return determine(library, edition, {"person": WOMAN}, Book(facts), on, as_of)


def test_a_month_before_the_age_the_pension_is_seen_for_the_day_of_the_age():
    found = decide_pension(future_pensioner(), date(2026, 2, 10), AGE_REACHED)

    assert (found.outcome.state, found.outcome.term_from) == ("granted", AGE_REACHED)
    assert decide_pension(future_pensioner(), date(2026, 2, 10)).outcome.state == "refused"


def test_a_consent_given_before_the_age_counts_from_the_age():
    early = date(2026, 2, 20)
    consent = fact("consent", WOMAN, {"measure": "ru-old-age-pension"}, since=early)

    found = decide_pension([*future_pensioner(), consent], early, AGE_REACHED)

    assert (found.applied_on, found.outcome.state, found.outcome.term_from) == (early, "granted", AGE_REACHED)


def test_income_month_by_month_is_known_where_the_tax_service_answered(newborn):
    """A year without an answer and months that had not ended by the day of the answer are unknown."""
    income = [
        fact("income.year", MOTHER, {"year": 2024, "months": {"01": 100, "12": 300}}, known_on=date(2025, 2, 1)),
        fact("income.year", MOTHER, {"year": 2026, "months": {"01": 500}}, known_on=date(2026, 2, 16)),
    ]
    spec = {"kind": "income.year", "path": "months", "type": "series"}
    asked = Asked(Book(income), MOTHER, {}, spec, {"name": "series"}, on=ON, case_date=ON, completeness="answer")

    found = series_of(derivations["series"](asked))

    assert [found.amount(2024 * 12 + month) for month in (0, 1, 11)] == [100, 0, 300]
    assert [found.amount(2026 * 12 + month) for month in (0, 1)] == [500, None]
    assert found.amount(2025 * 12) is None
    assert found.amount(2023 * 12) is None
    with pytest.raises(NotKnown):
        derivations["series"](replace(asked, book=Book([])))


def test_an_answer_too_old_for_a_case_is_nobodys_to_read():
    stale = fact("income.wages", MOTHER, {"kopecks": 1}, known_on=date(2025, 9, 1))
    fresh = fact("income.wages", FATHER, {"kopecks": 2}, known_on=date(2026, 2, 1))
    book, lives = Book([stale, fresh, *person(MOTHER, LONG_AGO, "F")]), {"income.wages": 30}
    for _ in range(2):  # every question of a batch has its own reading of one book
        mine = book.unread()
        assert mine.about("income.wages", MOTHER) == [stale] and mine.birth(MOTHER) == LONG_AGO
        mine = mine.fresh_for(ON, lives)
        assert [one.kind for one in mine.facts_read()] == ["person.birth"]
        assert mine.about("income.wages", MOTHER) == [] and mine.about("income.wages", FATHER) == [fresh]
    assert book.unread().fresh_for(date(2025, 9, 20), lives).about("income.wages", MOTHER) == [stale]


def test_yes_and_one_are_two_questions(newborn):
    same = decide("ru-birth-grant", newborn, child=CHILD, applicant=MOTHER).answer
    again = decide("ru-birth-grant", list(newborn), child=CHILD, applicant=MOTHER).answer
    assert same is again  # the rule was run once

    library = law.load(LAW)
    edition = library.edition("ru-birth-grant", ON)
    situation = same.outcome.situation
    yes = next(name for name, value in situation.facts.items() if value is True)
    told = replace(situation, facts={**situation.facts, yes: 1})
    with pytest.raises(SituationError):
        same_answer(edition, library.parameters, told, ON)
