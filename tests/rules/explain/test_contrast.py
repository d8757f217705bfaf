"""What would have to be different: one fact, or two when one is not enough; always proved."""

import pytest
from tests.rules.test_determination import determine

from kazna.rules import Situation
from kazna.rules.explain import nearest_changes, nearest_pairs, sentences
from kazna.rules.plan.form import with_answer

RICH = [{"tie": "applicant", "income": 700_000_00}]


@pytest.fixture
def refused(library):
    """A foreigner with an income above the limit: two conditions fail on two facts."""
    outcome = determine(library, {"applicant.citizen": False}, RICH)
    return outcome, library.edition_by_digest(outcome.edition)


def determined_with(library, outcome, edition, changes):
    situation = outcome.situation
    for name, value in changes:
        situation = with_answer(situation, name, value)
    return edition.determine(situation, on=outcome.on, parameters=library.parameters).state


def test_two_facts_are_named_when_one_is_not_enough(refused):
    (pair,) = nearest_pairs(*refused)

    assert nearest_changes(*refused) == []
    assert (pair.first, pair.second) == (("applicant.citizen", True), ("member[0].income", 500_000_00))
    assert pair.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "Было бы положено, если бы одновременно: заявитель — гражданин — да (сейчас нет); "
        "доход за год (человек 1) — не больше 500 000,00 ₽ (сейчас 700 000,00 ₽)."
    )
    assert pair.sentence in sentences(*refused, pairs=True)
    assert pair.sentence not in sentences(*refused)


def test_both_changes_grant_and_either_alone_does_not(library, refused):
    (pair,) = nearest_pairs(*refused)

    assert determined_with(library, *refused, [pair.first, pair.second]) == "granted"
    assert determined_with(library, *refused, [pair.first]) == "refused"
    assert determined_with(library, *refused, [pair.second]) == "refused"


def test_a_kopeck_nearer_is_still_a_refusal(library, refused):
    (pair,) = nearest_pairs(*refused)
    name, value = pair.second

    assert determined_with(library, *refused, [pair.first, (name, value + 1)]) == "refused"


def test_two_incomes_above_the_limit_are_one_pair(library):
    family = [{"tie": "applicant", "income": 700_000_00}, {"tie": "spouse", "income": 700_000_00}]
    outcome = determine(library, family=family)
    edition = library.edition_by_digest(outcome.edition)

    (pair,) = nearest_pairs(outcome, edition)

    assert determined_with(library, outcome, edition, [pair.first, pair.second]) == "granted"


def test_no_pair_where_one_fact_is_enough(library):
    outcome = determine(library, family=RICH)

    assert nearest_pairs(outcome, library.edition_by_digest(outcome.edition)) == []
    assert Situation  # the situation itself is never changed
    assert outcome.situation.relations["member"] == RICH
