"""Bad documents on purpose: each has the one fault it is named for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from lxml import etree
from tests.standins.schemas import assert_valid
from tests.standins.village import END, NEWBORN, START

from kazna.kernel.identifiers import plain_snils, snils_is_valid
from kazna.standins.agencies.civil_registry import CivilRegistry
from kazna.standins.life import Life
from kazna.standins.parcels import Document
from kazna.standins.troubles import Troubles

DAY = timedelta(days=1)
MARCH, LATER = date(2025, 2, 10), date(2025, 6, 1)


@pytest.fixture
def troubles(life: Life) -> Troubles:
    return Troubles(life, CivilRegistry(life))


def born_on(document: Document) -> str:
    child = next(etree.fromstring(document.body).iter("{*}СведРодившемся"))
    return child.findtext("{*}ДатаРождКаленд")


def test_broken_xml_is_broken(troubles: Troubles) -> None:
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(troubles.broken_xml(MARCH).body)


def test_wrong_schema_is_well_formed_and_invalid(troubles: Troubles) -> None:
    with pytest.raises(etree.DocumentInvalid, match="Пол"):
        assert_valid(troubles.wrong_schema(MARCH).body)


def test_wrong_snils_has_the_right_form(troubles: Troubles) -> None:
    document = troubles.wrong_snils(MARCH)

    assert_valid(document.body)
    mother = next(etree.fromstring(document.body).iter("{*}СведМать"))
    assert not snils_is_valid(plain_snils(mother.get("СНИЛС")))


def test_tomorrow_is_tomorrow(troubles: Troubles) -> None:
    document = troubles.born_tomorrow(MARCH)

    assert_valid(document.body)
    assert born_on(document) == "2025-02-11"


def test_same_act_with_another_body(troubles: Troubles) -> None:
    document = troubles.same_act_other_body(MARCH)
    sent = troubles.registry.birth(troubles.life.births[NEWBORN], 1)

    assert_valid(document.body)
    assert document.name == sent.name
    assert document.body != sent.body


def test_death_before_birth(troubles: Troubles) -> None:
    body = troubles.death_before_birth(MARCH).body

    assert_valid(body)
    root = etree.fromstring(body)
    assert next(root.iter("{*}ДатаСмертКаленд")).text < next(root.iter("{*}ДатаРождКаленд")).text


def test_second_father_of_a_known_child(troubles: Troubles) -> None:
    document = troubles.second_father(MARCH)

    assert_valid(document.body)
    father = next(etree.fromstring(document.body).iter("{*}СведОтец"))
    assert plain_snils(father.get("СНИЛС")) != troubles.life.people.snils[1]


def test_outside_entity_points_at_a_file(troubles: Troubles) -> None:
    body = troubles.outside_entity(MARCH).body

    assert b"SYSTEM" in body
    assert b"&secret;" in body


def test_dead_mother_waits_until_a_woman_has_died(troubles: Troubles) -> None:
    assert troubles.dead_mother(LATER) is None


def test_each_kind_comes_twice(troubles: Troubles) -> None:
    days = [START + DAY * passed for passed in range((END - START).days + 1)]

    assert sum(len(troubles.documents_of(day)) > 0 for day in days) >= 14
