"""Facts that the platform decides: every form fits the schema, the unfit do not hold the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree
from tests.factories.egisso import FACTS, fact, ident, snils

from kazna.contexts.egisso.facts.export import write_packages
from kazna.contexts.egisso.facts.own import FactRefused, OwnFact, card_of
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.integration.contracts import IdentityDocument, PersonRef, Residence

MOTHER = PersonRef(
    surname="Иванова",
    forename="Анна",
    patronymic="Петровна",
    birth_date=date(1994, 1, 3),
    snils=snils(112233445),
    sex="F",
    document=IdentityDocument("21", "4507123456", date(2014, 2, 1), "ОВД «Хамовники» г. Москвы"),
    citizenship="643",
    residence=Residence("Москва", "45000000", "77"),
)
CHILD = PersonRef("Иванова", "Мария", None, date(2026, 2, 1), snils(998877665), "F")
OWN = OwnFact(
    award_id=UUID(ident("award")),
    recipient=MOTHER,
    grounds=(CHILD,),
    body="sfr-77",
    measure_id=UUID(ident("measure")),
    category_id=UUID(ident("category")),
    decided_on=date(2026, 2, 5),
    first_day=date(2026, 2, 1),
    last_day=None,
    amount_kopecks=2694171,
)
FORMS = [
    {},
    {"last_day": date(2027, 1, 31), "uses_need": True},
    {"form": "in_kind", "quantity": 2, "content": "Набор школьника"},
    {"form": "service", "unit_code": "876"},
    {"grounds": (), "body": "ABCD.123456"},
    {"recipient": replace(MOTHER, document=IdentityDocument("03", "VIIМЮ123456", date(2014, 2, 1), "ЗАГС"))},
    {"recipient": replace(MOTHER, document=IdentityDocument("21", "странный", date(2014, 2, 1), "ЗАГС"))},
]


@pytest.mark.parametrize("changes", FORMS, ids=range(len(FORMS)))
def test_every_form_of_provision_validates(tmp_path: Path, changes):
    not_sent: list[dict[str, str]] = []

    (path,) = write_packages([("fact", card_of(replace(OWN, **changes)))], FACTS, tmp_path, not_sent)

    schema("10.06.S-1.1.0.xsd").assertValid(etree.parse(path))
    assert not_sent == []


def test_packages_hold_a_thousand_and_equal_facts_give_equal_bytes(tmp_path: Path):
    facts = [("fact", fact(n)) for n in range(2001)]

    first = write_packages(facts, FACTS, tmp_path, [])
    before = [path.read_bytes() for path in first]
    again = write_packages(facts, FACTS, tmp_path, [])

    assert [path.name for path in first] == [f"10.06.S-1.1.0-0000{n}.xml" for n in (1, 2, 3)]
    assert before == [path.read_bytes() for path in again]
    assert [etree.parse(path).getroot().xpath("count(.//*[local-name()='fact'])") for path in first] == [1000, 1000, 1]


def test_a_fact_that_cannot_be_sent_is_listed_and_does_not_hold_the_others(tmp_path: Path):
    not_sent: list[dict[str, str]] = []
    latin = card_of(replace(OWN, recipient=replace(MOTHER, surname="Ivanova"), award_id=UUID(ident("latin"))))

    (path,) = write_packages([("fact", card_of(OWN)), ("fact", latin)], FACTS, tmp_path, not_sent)

    schema("10.06.S-1.1.0.xsd").assertValid(etree.parse(path))
    assert [one["award"] for one in not_sent] == [ident("latin")]


def test_a_newborn_without_snils_is_not_sent_yet():
    with pytest.raises(FactRefused, match="СНИЛС"):
        card_of(replace(OWN, grounds=(replace(CHILD, snils=None),)))
