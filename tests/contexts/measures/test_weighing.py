"""Awards in force are weighed all at once as one by one, each without its own record."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from tests.contexts.measures.lives import Lives

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.columns.awards_in_force import verdict, weighed
from kazna.contexts.measures.columns.lives import facts_around, of_recipients, sharpened, without_award
from kazna.contexts.measures.columns.store import store_of
from kazna.contexts.measures.columns.weighing import ROLES
from kazna.kernel.places import LAW
from kazna.rules import load_library

ON = date(2026, 3, 1)


@pytest.mark.parametrize("seed", range(2))
def test_awards_are_weighed_as_one_by_one(seed):
    library, chance = load_library(LAW), random.Random(seed)
    lives = Lives(library, 300 + seed, 5, ON, told=40)
    editions = {one.id: one for rows in library.measures.values() for one in rows if one.holds(ON)}
    editions = {name: one for name, one in editions.items() if one.document["decided_for"] in ROLES}
    chosen = chance.sample(sorted(editions), 25)
    for number, measure in enumerate(chosen * 2):
        subject, recipient = chance.choice(lives.people), chance.choice(lives.people)
        if editions[measure].document["decided_for"] == "person":
            recipient = subject
        value = {"measure": measure, "amount_kopecks": 100_000, "period": "month", "level": "federal"}
        lives.say("measure.assigned", recipient, value, None if subject == recipient else subject, date(2026, 1, 1))
        lives.facts[-1] = replace(lives.facts[-1], thing=f"A-{number}", valid_to=None)
    database = store_of(lives.facts)

    found = weighed(database, library, [editions[name] for name in chosen], ON).to_pylist()

    people = {person for row in found for person in (row["subject_id"], row["recipient_id"])}
    facts = facts_around(database, people)
    book, own = Book(facts), of_recipients(facts)
    for row in found:
        measure, subject, recipient = row["measure"], row["subject_id"], row["recipient_id"]
        alone = without_award(book, own.get(recipient, ()), measure, subject, recipient)
        one = sharpened(library, editions[measure], alone, subject, recipient, ON)
        assert (row["verdict"], row["due_kopecks"]) == (verdict(one, row["amount_kopecks"]), one.amount_kopecks), row
    assert len(found) >= 50 and len({row["verdict"] for row in found}) > 1
