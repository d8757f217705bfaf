"""Parental rights lost later take nothing back: the loss counts from its day on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.situation import set_scene
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.places import LAW
from kazna.rules import load_library

MOTHER, CHILD, LOST = UUID(int=1), UUID(int=2), date(2026, 3, 10)


@pytest.mark.parametrize(("asked_on", "is_lost"), [(date(2026, 3, 9), False), (LOST, True), (date(2026, 4, 1), True)])
def test_a_loss_counts_from_its_day(asked_on, is_lost):
    library = load_library(LAW)
    fact = Fact(UUID(int=9), 1, "family.custody_lost", CHILD, MOTHER, "", LOST, None, {}, "opeka", None, LOST,
                datetime(2026, 3, 10, tzinfo=UTC))  # fmt: skip
    edition = library.edition("ru-child-benefit", asked_on)

    scene = set_scene(library, edition, {"child": CHILD, "applicant": MOTHER}, Book([fact]), asked_on, asked_on)

    assert scene.situation.facts["applicant.custody_lost"] is is_lost
