"""The explanation for machines: complete, plain, with articles and sources."""

import json

import pytest
from tests.rules.test_determination import determine

from kazna.rules.explain import machine_explanation


@pytest.mark.parametrize(
    ("facts", "state"),
    [({}, "granted"), ({"applicant.citizen": False}, "refused"), ({"applicant.citizen": None}, "unknown")],
)
def test_every_outcome_is_explained_in_plain_json(library, facts, state):
    outcome = determine(library, facts)

    found = machine_explanation(outcome, library.edition_by_digest(outcome.edition))

    assert json.loads(json.dumps(found)) == found
    assert found["state"] == state
    assert [one["id"] for one in found["conditions"]] == ["citizen", "age", "poor"]
    assert (found["plan"] is not None) == (state == "unknown")
    assert ("contrast" in found) == (state == "refused")


def test_values_carry_words_articles_and_sources(library):
    outcome = determine(library)

    found = machine_explanation(outcome, library.edition_by_digest(outcome.edition))

    age = found["conditions"][1]
    assert age["law"] == [
        {"key": "fz1", "act": "Федеральный закон от 01.01.2020 № 1-ФЗ", "cited": "1-ФЗ, статья 9", "verified": False,
         "source": ""}
    ]  # fmt: skip
    assert age["facts"][0]["value"] == "2020-05-05"
    assert (age["facts"][0]["said"], age["facts"][0]["source"]) == ("05.05.2020", "ЗАГС")
    assert found["parameters"][0]["value"] == 110050


def test_a_refusal_names_what_would_change_it(library):
    outcome = determine(library, {"applicant.citizen": False})
    edition = library.edition_by_digest(outcome.edition)

    (change,) = machine_explanation(outcome, edition)["contrast"]

    assert change["facts"] == {"applicant.citizen": True}
    assert "contrast" not in machine_explanation(outcome, edition, contrast=False)
