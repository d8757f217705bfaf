"""The bare answer, read lazily, is that of the whole scene."""

from __future__ import annotations

from datetime import date

import pytest
from tests.contexts.measures.lives import Lives

from kazna.contexts.measures import plainly
from kazna.contexts.measures.book import Book, NotKnown
from kazna.contexts.measures.columns.batches import castings_of
from kazna.contexts.measures.determine import application_day
from kazna.contexts.measures.situation import set_scene
from kazna.kernel.places import LAW
from kazna.rules import SituationError, load_library
from kazna.rules.situation import prepare

ON = date(2026, 3, 1)


@pytest.fixture(scope="module")
def library():
    return load_library(LAW)


def of_the_whole_scene(library, edition, roles, book):
    case_date = application_day(book, edition.id, roles, ON) or ON
    situation = set_scene(library, edition, roles, book, ON, case_date).situation
    determiner = edition.determiner
    prepared = prepare(situation, determiner.facts, determiner.relations)
    return determiner.program.run(determiner.environment(prepared, ON, library.parameters)).result


def questions(library, lives):
    parents = {}
    for fact in lives.facts:
        if fact.kind == "family.parent" and fact.object_id:
            parents.setdefault(fact.subject_id, fact.object_id)
    for who in lives.people:
        asked = [one for some in library.measures.values() for one in some if one.holds(ON) and castings_of(one)]
        for edition in asked:
            if edition.document["decided_for"] == "person":
                yield who, edition, {"person": who}
            elif who in parents:
                yield who, edition, {"child": who, "applicant": parents[who]}


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_answer_of_the_whole_scene(library, seed):
    """With one memory for all editions asked about a person, from a life in which anything may be told."""
    lives = Lives(library, 900 + seed, 8, ON)
    book, memories, states, differences = Book(lives.facts), {}, set(), []
    for who, edition, roles in questions(library, lives):
        memory = memories.setdefault((who, tuple(roles.values())), {})
        try:
            wanted = of_the_whole_scene(library, edition, roles, book)
        except (SituationError, NotKnown):  # of another type, or disputed: such questions are an officer's
            continue
        found = plainly.result_plainly(library, edition, roles, book, ON, memory)
        states.add(found[0])
        if found != wanted:
            differences.append((edition.id, roles, found, wanted))
    assert not differences and states == {"granted", "unknown", "refused"}


def test_a_refusal_reads_no_further(library):
    """Nothing beyond what the whole scene of the same case reads, and of many refusals a part of it."""
    lives, fewer, refused = Lives(library, 1, 2, ON), 0, 0
    for _, edition, roles in questions(library, lives):
        book, whole = Book(lives.facts), Book(lives.facts)
        try:
            found = plainly.result_plainly(library, edition, roles, book, ON)
            case_date = application_day(whole, edition.id, roles, ON) or ON
            set_scene(library, edition, roles, whole, ON, case_date)
        except (SituationError, NotKnown):
            continue
        if found[0] == "refused":
            refused += 1
            fewer += len(book.read) < len(whole.read)
            assert set(book.read) <= set(whole.read), (edition.id, roles)
    assert refused and fewer * 3 > refused
