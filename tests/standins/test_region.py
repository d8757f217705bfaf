"""Two years of a drawn region: every document of every kind validates with its official schema."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from tests.standins.asking import income_request, unemployment_request
from tests.standins.schemas import assert_valid, root_name

from kazna.population import generate_region
from kazna.standins.day import Agencies
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.parcels import Document

DAY = timedelta(days=1)
EVERY_TENTH = 10


@pytest.fixture(scope="module")
def life() -> Life:
    return Life(generate_region(people=800, seed=11))


@pytest.fixture(scope="module")
def agencies(life: Life, tmp_path_factory: pytest.TempPathFactory) -> Agencies:
    path = tmp_path_factory.mktemp("world") / "mailbox.sqlite"
    return Agencies(life, Mailbox(path, before=life.region.start - DAY), with_troubles=False)


def pushed(agencies: Agencies, life: Life) -> list[Document]:
    days = [life.region.start + DAY * passed for passed in range((life.region.end - life.region.start).days + 1)]
    sources = (agencies.civil_registry, agencies.disability_register, agencies.fund, agencies.interior)
    return [document for day in days for source in sources for document in source.documents_of(day)]


def test_every_official_document_validates(agencies: Agencies, life: Life) -> None:
    bodies = [document.body for document in pushed(agencies, life) if document.name.endswith(".xml")]
    kinds = Counter(root_name(body) for body in bodies)

    for body in bodies:
        assert_valid(body)
    assert min(kinds[kind] for kind in ("ROGDRequest", "FATALRequest", "BRAKZRequest", "ВыпискаФРИ")) > 3


def test_every_act_has_its_own_number(agencies: Agencies, life: Life) -> None:
    names = Counter(document.name for document in pushed(agencies, life) if document.name.endswith("-1.xml"))

    acts = [
        event
        for event in life.region.happenings
        if event.kind in agencies.civil_registry.writers and event.registered_on <= life.region.end
    ]
    assert len(names) == len(acts)


def test_the_same_region_says_the_same(agencies: Agencies, life: Life) -> None:
    again = Agencies(Life(generate_region(people=800, seed=11)), agencies.mailbox, with_troubles=False)

    assert pushed(again, life) == pushed(agencies, life)


def test_answers_about_anyone_validate(agencies: Agencies, life: Life) -> None:
    region, on = life.region, life.region.end
    for person in range(0, len(region.people), EVERY_TENTH):
        income = income_request(region, person, 2025)
        unemployment = unemployment_request(region, person, on)
        assert_valid(agencies.tax_service.answer(income, "0" * 64, on).body)
        assert_valid(agencies.employment_service.answer(unemployment, "0" * 64, on).body)
