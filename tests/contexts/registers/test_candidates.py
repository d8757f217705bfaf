"""Who an incoming person may be: the same weights for one person as for a whole file."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from tests.contexts.registers.family import BORN, ON, UNCLE, card, marriage, renamed, take

from kazna.contexts.integration.public import IdentityDocument, PersonRef, Residence
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.linkage import meeting_sql
from kazna.contexts.registers.linkage.candidates import learn_shares
from kazna.contexts.registers.models import Fact, Person

pytestmark = pytest.mark.django_db
KNOWN = PersonRef(
    surname="Королёва", forename="Наталья", patronymic="Геннадьевна", birth_date=date(1980, 4, 9), snils=None, sex="F",
    document=IdentityDocument("21", "4510 123456", None, ""), citizenship=None,
    residence=Residence("г. Тверь, ул. Садовая, д. 3", "", "69"),
)  # fmt: skip


def enter(rows):
    """Rows of the generator as cards with a passport each."""
    from uuid import UUID

    people = [
        Person(
            id=UUID(int=n + 1), snils=row["snils"] or None, surname=row["surname"], forename=row["forename"],
            patronymic=row["patronymic"] or None, birth_date=row["birth_date"] or None, sex=row["sex"],
            address=row["address"],
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    seen = set()
    for one in people:
        if one.snils in seen:
            one.snils = None
        seen.add(one.snils)
    Person.objects.bulk_create(people)
    Fact.objects.bulk_create(
        Fact(
            fact_id=UUID(int=10**6 + n), kind="person.document", subject_id=UUID(int=n + 1), thing="p", valid_from=ON,
            value={"code": "21", "series_number": row["document"]}, source="mvd", known_on=ON,
        )
        for n, row in enumerate(rows)
        if row["document"]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(meeting_sql.REFRESH_ALL)
    learn_shares()
    return people


def test_online_and_file_ways_weigh_alike():
    duckdb, pyarrow = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow")
    pytest.importorskip("splink")
    from kazna.contexts.registers.linkage.pairs import link, pairs
    from kazna.population.duplicates import COLUMNS, register_with_duplicates

    register = register_with_duplicates(people=600, share=0.2, seed=3)
    rows = [{name: str(register.columns[name][n]) for name in COLUMNS} for n in range(len(register))]
    people = enter(rows)
    for one, row in zip(people, rows, strict=True):
        row["snils"], row["id"] = one.snils or "", str(one.id)
    with duckdb.connect() as memory:
        memory.register("cards", pyarrow.Table.from_pylist(rows))
        link(memory, "cards")
        by_file = {frozenset((pair.first, pair.second)): pair for pair in pairs(memory)}

    refs = [ref_of(row) for row in rows]
    online = {
        frozenset((row["id"], str(one.person_id))): one.pair
        for row, told in zip(rows, registers.candidates(refs), strict=True)
        for one in told
        if str(one.person_id) != row["id"]
    }

    assert len(by_file) > 80
    assert set(by_file) <= set(online)
    assert {
        (by_file[key].weight, online[key].weight) for key in by_file
        if abs(by_file[key].weight - online[key].weight) > 0.11 or by_file[key].verdict != online[key].verdict
    } == set()  # fmt: skip


def ref_of(row):
    return PersonRef(
        surname=row["surname"], forename=row["forename"], patronymic=row["patronymic"] or None,
        birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else None, snils=row["snils"] or None,
        sex=row["sex"] or None, citizenship=None,
        document=IdentityDocument("21", row["document"], None, "") if row["document"] else None,
        residence=Residence(row["address"], "", "77") if row["address"] else None,
    )  # fmt: skip


def known_card():
    row = {
        "snils": "11223344595", "surname": "Королёва", "forename": "Наталья", "patronymic": "Геннадьевна",
        "birth_date": "1980-04-09", "sex": "F", "document": "4510 123456", "address": "г. Тверь, ул. Садовая, д. 3",
    }  # fmt: skip
    return enter([row])[0].id


@pytest.mark.parametrize(
    ("changed", "sure"),
    [
        ({}, True),
        ({"surname": "Королева"}, True),
        ({"surname": "KOPOЛEBA"}, True),
        ({"forename": "Наталия", "birth_date": date(1980, 9, 4)}, True),
        ({"surname": "Каралёва"}, True),
        ({"snils": "11223344559"}, False),
        ({"document": None}, False),
        ({"document": IdentityDocument("03", "4510 123456", None, "")}, False),
        ({"document": IdentityDocument("21", "4511 999999", None, "")}, False),
    ],
)
def test_a_misspelt_person_is_met(changed, sure):
    known = known_card()

    ((found, *_rest),) = registers.candidates([replace(KNOWN, **changed)])

    assert (found.person_id, found.is_sure) == (known, sure)


@pytest.mark.parametrize(
    "changed",
    [
        {"forename": "Светлана", "document": None},
        {"surname": "Иванова", "birth_date": date(1961, 1, 1), "document": None, "residence": None},
        {"snils": "22334455664"},
    ],
)
def test_a_stranger_is_nobody(changed):
    known_card()

    assert [one for one in registers.candidates([replace(KNOWN, **changed)])[0] if one.pair.verdict != "new"] == []


def test_a_misspelt_husband_with_his_passport_is_himself(family):
    take(marriage(husband=renamed(UNCLE, snils=None, surname="Чюжов", birth_date=date(1990, 9, 8))))

    assert registers.counts()["people"] == 3
    assert registers.suspects() == []
    assert card(UNCLE).surname == "Чужов"


def test_a_misspelt_husband_without_papers_is_asked_about(family):
    take(marriage(husband=renamed(UNCLE, snils=None, surname="Чюжов", document_number="4599 111111")))

    (suspect,) = registers.suspects()
    assert "Различаются" in suspect.reason
    assert BORN
