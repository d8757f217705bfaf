"""Nobody becomes their own ancestor, however long the way round and whoever on it has no known birth date."""

from datetime import date
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from tests.contexts.registers.exchange import accepted
from tests.contexts.registers.family import MOTHER, ON, birth, card, codes, person, snils, take
from tests.contexts.registers.test_legacy import EXAMPLE, checked, legacy, line, loaded, mapping, why, write  # noqa: F401
from tests.factories.people import cause, fact

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import LegacyRow, Person

ELDER = person("Дедов", "Лев", "M", date(1965, 5, 5), 900000055, patronymic="Ильич")
UNDATED = EXAMPLE.read_text("utf-8").replace(
    "birth_date: {column: Дата рождения, transform: date_ru, needed: true}", "sex: F"
).replace("  sex: {column: Пол, transform: map, values: {м: M, ж: F}}\n", "").replace(
    "      birth_date: {column: Ребёнок родился, transform: date_ru}\n", ""
)  # fmt: skip


def nobody_knows_when(count: int) -> list:
    people = [uuid4() for _ in range(count)]
    Person.objects.bulk_create(Person(id=one, surname="Н", forename="Н") for one in people)
    return people


def descend(*line_of_descent) -> None:
    """Each is the child of the next."""
    ties = [
        fact("family.parent", child, date(1900, 1, 1), {"role": "father", "act": None, "order": None}, about=parent)
        for child, parent in pairwise(line_of_descent)
    ]
    registers.report(ties, source="zags", on=ON, cause=cause(ON))


@pytest.mark.parametrize("length", [1, 3, 12])
def test_a_birth_record_that_closes_a_circle_is_quarantined(family, length):
    accepted(take(birth(number=3, father=ELDER)))
    descend(card(ELDER).person_id, *nobody_knows_when(length), card(MOTHER).person_id)

    receipt = take(birth(number=8, child=MOTHER, mother=None, father=ELDER))

    assert (receipt.status, codes(receipt)) == ("quarantined", ["kinship_circle"])
    assert registers.facts_of([card(MOTHER).person_id], kinds=["family.parent"]) == []


def test_a_circle_already_in_the_register_does_not_hang_the_intake(family):
    people = nobody_knows_when(4)
    accepted(take(birth(number=3, father=ELDER)))
    descend(card(ELDER).person_id, *people, people[0])

    assert take(birth(number=8, child=MOTHER, mother=None, father=ELDER)).status == "accepted"


def undated(number, child):
    return line(number, **{
        "СНИЛС ребёнка": snils(910000000 + child), "Фамилия ребёнка": "Петрова", "Имя ребёнка": "Анна",
        "Ребёнок родился": "01.01.2000",
    })  # fmt: skip


def test_a_legacy_file_that_closes_a_circle_leaves_those_rows_out(write, db):  # noqa: F811
    registers.load_kinds()
    ring = [undated(1, 2), undated(2, 3), undated(3, 4), undated(4, 5), undated(5, 1)]
    path = write(*ring, undated(6, 7), line(8))

    run = legacy.check(path, mapping(UNDATED), by="lvov", on=ON, progress=lambda stage, done: None)

    told = why(run)
    assert [told[f"Д-{number}"][0] for number in range(1, 9) if number != 7] == ["расхождение"] * 5 + ["принята"] * 2
    assert "собственным предком" in told["Д-1"][1]


def test_kinship_learned_between_check_and_load_counts(write, db):  # noqa: F811
    registers.load_kinds()
    run = legacy.check(write(undated(1, 2)), mapping(UNDATED), by="lvov", on=ON, progress=lambda stage, done: None)
    people = LegacyRow.objects.get(run=run).people
    (mother, child), far = [UUID(one["id"]) for one in people], nobody_knows_when(2)
    Person.objects.bulk_create(
        Person(id=one, snils=snils(910000000 + n), surname="Петрова", forename="Анна")
        for n, one in ((1, mother), (2, child))
    )
    descend(mother, *far, child)

    assert loaded(run).loaded_rows == 0
    assert why(run)["Д-1"][0] == "расхождение"
