"""Who is who without СНИЛС, and what an officer says about doubts."""

from datetime import date

import pytest
from tests.contexts.integration.messages import zipped
from tests.contexts.registers.family import (
    BORN,
    CHILD,
    CHILD_SNILS,
    MOTHER,
    ON,
    UNCLE,
    birth,
    card,
    codes,
    death,
    facts,
    marriage,
    newborn_snils,
    renamed,
    take,
    take_all,
)

from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
BRIDE = renamed(
    UNCLE, snils=None, surname="Ветрова", forename="Анна", patronymic=None, sex="F", document_number="4512 777777"
)


def test_a_passport_leads_to_the_person(family):
    take(marriage(husband=UNCLE))

    assert registers.counts()["people"] == 3


@pytest.mark.parametrize("snils", [MOTHER.snils, None])
def test_yo_told_as_ye_is_the_same_person_and_no_disagreement(family, snils):
    registers.load_kinds()

    receipt = take(birth(mother=renamed(MOTHER, surname="Алешина", snils=snils)))

    assert (receipt.status, registers.counts()["people"]) == ("accepted", 4)
    assert card(MOTHER).surname == "Алёшина"
    assert registers.matters_open() == {"conflicts": 0, "suspects": 0}


def test_two_documents_of_one_delivery_about_a_newcomer_make_one_person(family):
    files = {"1.xml": marriage(husband=UNCLE, wife=BRIDE), "2.xml": death(BRIDE, date(2026, 2, 1))}

    receipts = take_all(zipped(files))

    assert {receipt.status for receipt in receipts} == {"accepted"}
    assert len(registers.search("Ветрова")) == 0  # the marriage gave her another surname
    assert [one.died_on for one in registers.search("Берёзова Анна")] == [date(2026, 2, 1)]


def test_a_namesake_with_another_passport_is_a_suspect(family):
    take(marriage(husband=renamed(UNCLE, document_number="4599 111111")))

    (suspect,) = registers.suspects()
    assert {suspect.person.snils, suspect.other.snils} == {UNCLE.snils, None}


def test_an_officer_joins_two_cards(family):
    take(marriage(husband=renamed(UNCLE, document_number="4599 111111")))
    (suspect,) = registers.suspects()

    kept = registers.settle_suspect(suspect_id=suspect.suspect_id, same=True, reason="сверено", by="o", on=ON)

    assert kept == card(UNCLE).person_id
    assert [fact.object_id for fact in facts(UNCLE, "family.marriage")] == [card(MOTHER).person_id]
    assert [fact.object_id for fact in facts(MOTHER, "family.marriage")] == [kept]
    assert registers.suspects() == []
    with pytest.raises(registers.SuspectNotOpen):
        registers.settle_suspect(suspect_id=suspect.suspect_id, same=True, reason="", by="o", on=ON)


def test_an_officer_leaves_two_cards_apart(family):
    take(marriage(husband=renamed(UNCLE, document_number="4599 111111")))
    (suspect,) = registers.suspects()

    assert registers.settle_suspect(suspect_id=suspect.suspect_id, same=False, reason="", by="o", on=ON) is None
    assert registers.suspects() == []
    assert registers.counts()["people"] == 4


def test_an_officer_believes_the_claim_and_the_document_is_tried_again(family):
    wrong_until_now = renamed(MOTHER, birth_date=date(1994, 5, 5))
    receipt = take(birth(mother=wrong_until_now))
    (conflict,) = registers.conflicts()

    registers.settle_conflict(
        conflict_id=conflict.conflict_id, fact_id=conflict.claim_fact_id, reason="паспорт", by="o", on=ON
    )
    (again,) = registers.take_in_again(document_id=receipt.document_id, on=ON, received_at=conflict.known.recorded_at)

    assert card(MOTHER).birth_date == date(1994, 5, 5)
    assert again.status == "accepted", again.remarks
    assert registers.conflicts() == []


def test_an_officer_cannot_choose_a_third_fact(family):
    take(birth(mother=renamed(MOTHER, birth_date=date(1994, 5, 5))))
    (conflict,) = registers.conflicts()

    with pytest.raises(registers.NotACandidate):
        registers.settle_conflict(
            conflict_id=conflict.conflict_id, fact_id=conflict.conflict_id, reason="", by="o", on=ON
        )


def test_snils_comes_before_the_birth_record(family):
    take(newborn_snils(), agency="sfr")
    take(birth())

    assert [fact.value["role"] for fact in facts(CHILD_SNILS, "family.parent")] == ["father", "mother"]
    assert registers.counts()["people"] == 4


def test_a_child_who_died_under_its_snils_before_the_record_came_is_one_child(family):
    take(death(renamed(CHILD, snils=CHILD_SNILS), date(2026, 2, 8)))
    take(birth(child=CHILD))
    take(newborn_snils(), agency="sfr")

    assert registers.counts()["people"] == 4
    assert card(CHILD_SNILS).died_on == date(2026, 2, 8)
    assert facts(CHILD_SNILS, "family.birth_details")[0].valid_from == BORN


def test_a_child_who_died_before_it_had_snils_is_found_by_name(family):
    take(birth())
    take(death(CHILD, date(2026, 2, 8)))

    (child,) = registers.search("Берёзов Пётр")
    assert child.died_on == date(2026, 2, 8)


def test_a_name_wholly_other_under_a_known_snils_is_refused(family):
    stranger = renamed(UNCLE, surname="Иной", forename="Человек")

    assert codes(take(death(stranger))) == ["name_differs"]
