"""Disability and large families, asked for: an own question, the official extract as the answer."""

from __future__ import annotations

from datetime import date

import pytest
from tests.contexts.registers.exchange import accepted, answer, ask, refused
from tests.contexts.registers.family import FATHER, MOTHER, ON, card, facts, person

from kazna.contexts.integration.models import AgencyRequest
from kazna.standins.documents.disability_extract import DisabilityExtract, write_disability_extract
from kazna.standins.documents.large_family import write_large_family, write_nothing

pytestmark = pytest.mark.usefixtures("family")
SMALL = [
    person("Алёшин", name, "M", date(2015 + n, 1, 1), None, paper=f"IV-МЮ 00000{n}", code="03")
    for n, name in enumerate(("Пётр", "Лев", "Ян"))
]


def extract(who) -> bytes:
    since = date(2025, 12, 1)
    return write_disability_extract(
        DisabilityExtract(who, "II", "general", since, None, "77/1", since, True, since, written_on=ON)
    )


def file(who) -> bytes:
    return write_large_family(who, SMALL, ON, "VO_SVMNDET_1")


ASKED = {("fri", "disability"): ("disability", extract), ("dszn", "large_family"): ("status.large_family", file)}


def status(request_id) -> str:
    return AgencyRequest.objects.get(id=request_id).status


def answered(who, topic: str):
    return [one.value["present"] for one in facts(who, "agency.answer") if one.value["topic"] == topic]


@pytest.mark.parametrize("asked", ASKED)
def test_the_official_extract_answers_and_pushed_again_it_changes_nothing(asked):
    kind, write = ASKED[asked]
    request_id, _ = ask(MOTHER, *asked)

    accepted(answer(write(MOTHER), asked[0], request_id))

    (fact,) = facts(MOTHER, kind)
    assert (status(request_id), answered(MOTHER, asked[1])) == ("answered", [True])
    accepted(answer(write(MOTHER), asked[0]))
    assert facts(MOTHER, kind) == [fact]


@pytest.mark.parametrize("asked", ASKED)
def test_an_extract_known_since_it_was_pushed_answers_too(asked):
    kind, write = ASKED[asked]
    accepted(answer(write(MOTHER), asked[0]))
    request_id, _ = ask(MOTHER, *asked)

    accepted(answer(write(MOTHER), asked[0], request_id))

    assert (status(request_id), len(facts(MOTHER, kind))) == ("answered", 1)


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_known_is_an_answer(asked):
    request_id, root = ask(MOTHER, *asked)

    accepted(answer(write_nothing(root, ON), asked[0]))

    assert (status(request_id), answered(MOTHER, asked[1])) == ("answered", [False])
    assert facts(MOTHER, ASKED[asked][0]) == []


@pytest.mark.parametrize("asked", ASKED)
def test_an_extract_about_another_person_than_asked_is_refused(asked):
    kind, write = ASKED[asked]
    request_id, _ = ask(MOTHER, *asked)

    assert refused(answer(write(FATHER), asked[0], request_id)) == ["answer_other_person"]
    assert facts(FATHER, kind) == [] and card(FATHER)
