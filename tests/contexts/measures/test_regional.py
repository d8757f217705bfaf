"""Regional measures decided from facts of the registers, without a database."""

from datetime import date
from uuid import UUID

from tests.contexts.measures.test_determine import BORN, CHILD, FATHER, MOTHER, decide, fact, moscow, person

ELDER, ELDEST = UUID(int=11), UUID(int=12)


def child_of_both(who, born):
    return [
        *person(who, born, "F"),
        fact("family.parent", who, {"role": "mother", "act": "1"}, since=born, about=MOTHER),
        fact("family.parent", who, {"role": "father", "act": "1"}, since=born, about=FATHER),
    ]


def family(*children):
    grown = [
        *person(MOTHER, date(1990, 5, 1), "F"),
        *moscow(MOTHER),
        *person(FATHER, date(1989, 2, 11), "M"),
        *moscow(FATHER),
    ]
    married = [
        fact("family.marriage", MOTHER, {"act": "2"}, since=date(2010, 5, 1), about=FATHER),
        fact("family.marriage", FATHER, {"act": "2"}, since=date(2010, 5, 1), about=MOTHER),
    ]
    return [*grown, *married, *(row for who, born in children for row in child_of_both(who, born))]


THREE = ((ELDEST, date(2012, 3, 1)), (ELDER, date(2017, 3, 1)), (CHILD, BORN))


def test_a_young_family_of_moscow_gets_ten_minima_for_the_third_child():
    details = fact("family.birth_details", CHILD, {"live": True, "multiple": 1, "order": 3}, since=BORN)

    determined = decide("r77-young-family", [*family(*THREE), details], applicant=MOTHER, child=CHILD)

    assert (determined.outcome.state, determined.outcome.amount_kopecks) == ("granted", 25342000)


def test_a_father_past_the_age_leaves_no_young_family():
    details = fact("family.birth_details", CHILD, {"live": True, "multiple": 1, "order": 3}, since=BORN)
    facts = [row for row in family(*THREE) if (row.kind, row.subject_id) != ("person.birth", FATHER)]
    older = fact("person.birth", FATHER, {"date": "1989-02-10"}, since=date(1989, 2, 10))

    determined = decide("r77-young-family", [*facts, details, older], applicant=MOTHER, child=CHILD)

    assert determined.outcome.state == "refused"


def test_school_clothes_count_the_children_who_study():
    studies = fact("education.fulltime", ELDEST, {}, since=date(2019, 9, 1))

    determined = decide("r77-school-uniform", [*family(*THREE), studies], person=MOTHER)

    assert (determined.outcome.state, determined.outcome.amount_kopecks) == ("granted", 1482700)


def test_two_children_are_no_large_family():
    determined = decide("r77-large-family-pass", family(*THREE[1:]), person=MOTHER)

    assert determined.outcome.state == "refused"


def test_the_amount_of_a_labour_veteran_comes_from_the_region():
    veteran = [
        *person(MOTHER, date(1960, 5, 1), "F"), *moscow(MOTHER),
        fact("status.labour_veteran", MOTHER, {}, since=date(2010, 1, 1)),
    ]  # fmt: skip

    determined = decide("r77-labour-veteran-monthly", veteran, person=MOTHER)

    assert determined.outcome.state == "unknown"
    assert determined.outcome.missing == ("labour_veteran.amount",)
