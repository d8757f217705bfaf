"""Every document of the law loads, passes the checks and keeps its own examples."""

from datetime import date
from uuid import UUID

import pytest

from kazna.kernel.places import LAW
from kazna.rules import load_library, run_examples
from kazna.rules.check import check_library

LIBRARY = load_library(LAW)
MEASURES = sorted(LIBRARY.measures)
RESULTS = run_examples(LIBRARY)


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.measure}: {result.name}")
def test_example_holds(result):
    assert result.ok, "\n".join(result.differences)


@pytest.mark.parametrize("measure", MEASURES)
def test_measure_is_in_force_in_2026(measure, library):
    assert library.edition(measure, date(2026, 6, 1)).document["code"]


def test_checks_find_no_errors(library):
    errors = [problem for problem in check_library(library) if problem.severity == "error"]

    assert errors == []


@pytest.mark.parametrize("measure", MEASURES)
def test_measure_has_a_grant_a_refusal_and_an_unknown(measure):
    states = {result.outcome.state for result in RESULTS if result.measure == measure}

    assert states == {"granted", "refused", "unknown"}


@pytest.mark.parametrize("measure", MEASURES)
def test_each_condition_is_somewhere_the_only_reason_of_refusal(measure, library):
    alone = {
        failed[0]
        for result in RESULTS
        if result.measure == measure and result.outcome.state == "refused"
        if len(failed := [item.id for item in result.outcome.conditions if item.answer == "no"]) == 1
    }

    conditions = {item["id"] for edition in library.measures[measure] for item in edition.document["conditions"]}
    assert conditions == alone


def test_registration_identifiers_are_unique(library):
    blocks = [edition.document["passport"]["egisso"] for editions in library.measures.values() for edition in editions]
    identifiers = [UUID(block[key]) for block in blocks for key in ("lmsz_id", "category_id")]

    assert len(set(identifiers)) == len(identifiers)


def test_every_fact_names_a_kind_of_the_catalogue(library):
    kinds = {definition.plain["kind"] for definition in library.facts.values()}

    assert kinds <= set(library.kinds)
