"""A spouse's block, the same in marriage and divorce records (СупругТип). It has no СНИЛС."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.standins.documents.cards import PersonCard
from kazna.standins.documents.civil_parts import (
    write_address,
    write_birth_date,
    write_patronymic,
    write_place,
    write_split_paper,
)
from kazna.standins.documents.tree import Element, Vocabulary


@dataclass(frozen=True, slots=True)
class Spouse:
    """`card` as before the act; `surname_after` as the act leaves it."""

    card: PersonCard
    surname_after: str


def write_spouse(here: Vocabulary, types: Vocabulary, facts: Element, name: str, spouse: Spouse) -> None:
    card = spouse.card
    block = here(facts, name)
    types(block, "ФамилияДо", card.surname)
    types(block, "ФамилияПосле", spouse.surname_after)
    types(block, "Имя", card.forename)
    write_patronymic(types, block, card)
    types(block, "ГраждОКСМ", card.citizenship)
    write_birth_date(types, block, card.birth_date)
    write_place(types, block, "МестоРожден", card)
    write_address(types, types, block, "АдрМЖ", card)
    write_split_paper(types, types, block, card)
