"""One person on two cards: found by comparison, joined when sure, parted again when it was a mistake."""

from datetime import date
from uuid import uuid4

import pytest
from tests.contexts.registers.family import ON, UNCLE, card, death, facts, load_family, person, snils, take

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.linkage.pair import Pair, odds, told
from kazna.contexts.registers.models import Person, Suspect

pytestmark = pytest.mark.django_db
AGAIN = person("Чужов", "Фёдор", "M", date(1990, 9, 9), 900000055, patronymic="Ильич", paper="4512 999999")


@pytest.fixture
def joined(tmp_path):
    """Two cards with СНИЛС of their own, joined by an officer: (kept, dropped) as they were."""
    load_family(tmp_path, people=(UNCLE, AGAIN))
    pair = {one.person_id: one for one in (card(UNCLE), card(AGAIN))}
    first, second = pair
    suspect = uuid4()
    Suspect.objects.create(id=suspect, person_id=first, other_id=second, reason="имя и дата", found_on=ON)
    kept = registers.settle_suspect(suspect_id=suspect, same=True, reason="сверено", by="o", on=ON)
    return pair[kept], pair[second if kept == first else first]


def undo(kept):
    (merge,) = registers.merges_of(person_id=kept.person_id)
    return registers.undo_merge(merge_id=merge.merge_id, reason="однофамилец", by="o", on=ON)


def test_a_merged_number_finds_the_survivor(joined):
    kept, dropped = joined

    assert registers.person_by_snils(dropped.snils).person_id == kept.person_id
    assert [one.person_id for one in registers.search(dropped.snils)] == [kept.person_id]
    assert [one.person_id for one in registers.search("Чужов")] == [kept.person_id]


def test_a_message_under_a_merged_number_is_about_the_survivor(joined):
    kept, dropped = joined

    receipt = take(death(UNCLE if dropped.snils == UNCLE.snils else AGAIN))

    assert receipt.status == "accepted", receipt.remarks
    assert registers.cards([kept.person_id])[kept.person_id].died_on is not None
    assert registers.counts()["people"] == 1


def test_an_undone_merge_gives_back_numbers_facts_and_names(joined):
    kept, dropped = joined
    before = {fact.kind for fact in registers.facts_of([kept.person_id])}

    assert undo(kept) == dropped.person_id

    now = registers.cards([kept.person_id, dropped.person_id])
    assert now == {kept.person_id: kept, dropped.person_id: dropped}
    assert {fact.kind for fact in registers.facts_of([dropped.person_id])} == before
    assert [one.value["series_number"] for one in facts(AGAIN, "person.document")] == ["4512 999999"]
    assert [one.value["series_number"] for one in facts(UNCLE, "person.document")] != ["4512 999999"]
    assert len(registers.search("Чужов")) == 2


def test_what_came_after_the_merge_stays_with_the_survivor(joined):
    kept, dropped = joined
    take(death(UNCLE if dropped.snils == UNCLE.snils else AGAIN))

    undo(kept)

    now = registers.cards([kept.person_id, dropped.person_id])
    assert now[kept.person_id].died_on is not None
    assert now[dropped.person_id].died_on is None


def test_a_merge_is_undone_once(joined):
    kept, _ = joined
    (merge,) = registers.merges_of(person_id=kept.person_id)
    undo(kept)

    assert registers.merges_of(person_id=kept.person_id)[0].undone_on == ON
    with pytest.raises(registers.MergeNotFound):
        registers.undo_merge(merge_id=merge.merge_id, reason="", by="o", on=ON)


def test_duplicates_of_a_register_are_found_once():
    """Enough people for the model to learn from; some stand once more with a slip of a clerk."""
    names = [(surname, forename) for surname in SURNAMES for forename in FORENAMES]
    people = [
        Person(
            id=uuid4(), snils=snils(910_000_000 + number), surname=surname, forename=forename, patronymic="Ильич",
            birth_date=date(1960 + number % 40, 1 + number % 12, 1 + number % 28), sex="M", address=f"дом {number}",
        )
        for number, (surname, forename) in enumerate(names)
    ]  # fmt: skip
    again = [
        Person(
            id=uuid4(), snils=None, surname=one.surname + "в", forename=one.forename, patronymic=one.patronymic,
            birth_date=one.birth_date, sex="M", address=one.address,
        )
        for one in people[:40]
    ]  # fmt: skip
    Person.objects.bulk_create([*people, *again])

    first = registers.find_duplicates(on=ON)
    second = registers.find_duplicates(on=ON)

    assert (first.cards, first.asked, first.known) == (240, 40, 0)
    assert (second.asked, second.known) == (0, 40)
    assert "Совпадают: фамилия, имя, отчество, дата рождения, адрес." in registers.suspects()[0].reason


def test_sure_pairs_are_joined_when_asked():
    test_duplicates_of_a_register_are_found_once()
    Suspect.objects.all().delete()

    found = registers.find_duplicates(on=ON, join_sure=True)

    assert found.joined + found.asked == 40
    assert registers.counts()["people"] == 240 - found.joined
    assert found.joined > 0


SURNAMES = [f"{root}ов" for root in ("Абрам", "Баран", "Ветр", "Гром", "Дуб", "Ершн", "Жук", "Зайц", "Иванц", "Козл")]
FORENAMES = [
    "Иван", "Пётр", "Олег", "Егор", "Антон", "Борис", "Глеб", "Денис", "Захар", "Кирилл", "Лев", "Макар", "Назар",
    "Остап", "Павел", "Роман", "Савва", "Тарас", "Устин", "Фома",
]  # fmt: skip


def test_odds_are_said_in_round_numbers():
    assert (odds(10.2), odds(4.0), odds(40.0)) == ("около 1 000 к 1", "около 10 к 1", "больше 1 000 000 к 1")


def test_the_reason_names_what_agrees_and_what_differs():
    pair = Pair("a", "b", 10.0, "ask", ("surname", "birth_date"), ("address",))

    assert told(pair) == (
        "Совпадают: фамилия, дата рождения. Различаются: адрес. Вероятность, что это один человек, — около 1 000 к 1."
    )
