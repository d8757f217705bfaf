"""Every message validates with its official schema and says what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from lxml import etree
from tests.standins.schemas import assert_valid, root_name
from tests.standins.village import END, START

from kazna.standins.day import Agencies
from kazna.standins.life import Life

DAY = timedelta(days=1)
KINDS = {"ROGDRequest", "FATALRequest", "PERNAMERequest", "BRAKZRequest", "BRAKRRequest", "ВыпискаФРИ"}


@pytest.fixture
def pushed(agencies: Agencies) -> list[bytes]:
    """Everything the civil registry and the disability register push in two years."""
    days = (START + DAY * passed for passed in range((END - START).days + 1))
    return [
        document.body
        for day in days
        for agency in (agencies.civil_registry, agencies.disability_register)
        for document in agency.documents_of(day)
    ]


def test_every_kind_of_happening_gives_a_document_that_validates(pushed: list[bytes]) -> None:
    assert {root_name(body) for body in pushed} == KINDS
    for body in pushed:
        assert_valid(body)


def test_the_bride_changes_her_surname_in_the_marriage_record(pushed: list[bytes]) -> None:
    marriage = next(etree.fromstring(body) for body in pushed if root_name(body) == "BRAKZRequest")

    wife = next(marriage.iter("{*}Супруга"))

    assert [wife.findtext("{*}ФамилияДо"), wife.findtext("{*}ФамилияПосле")] == ["Белова", "Чернова"]


def test_a_birth_names_mother_father_and_the_childs_place_among_hers(pushed: list[bytes]) -> None:
    births = [etree.fromstring(body) for body in pushed if root_name(body) == "ROGDRequest"]

    third, first = births

    assert next(third.iter("{*}СчетРебен")).text == "3"
    assert next(third.iter("{*}СведОтец")).findtext("{*}ФИО/{*}Фамилия") == "Иванов"
    assert next(first.iter("{*}ПрОтец")).text == "1"


def test_a_disability_for_life_ends_on_the_last_day_of_the_calendar(pushed: list[bytes]) -> None:
    extracts = [etree.fromstring(body) for body in pushed if root_name(body) == "ВыпискаФРИ"]

    assert [next(each.iter("{*}ДатаПо")).text for each in extracts] == ["2027-09-30", "9999-12-31"]


def test_a_card_shows_what_was_known_on_its_day(life: Life) -> None:
    from tests.standins.village import NEWBORN, RENAMED

    before, after = (life.card(RENAMED, day) for day in (date(2025, 6, 15), date(2025, 7, 10)))

    assert (before.surname, after.surname) == ("Щукина", "Рыбакова")
    assert after.address == "г. Москва, ул. Новая, д. 2"
    assert life.card(NEWBORN, date(2025, 1, 15)).snils is None
    assert life.card(NEWBORN, date(2025, 1, 18)).snils == life.people.snils[NEWBORN]
