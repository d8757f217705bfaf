"""A person as requests and answers of our own formats name them (urn://kazna-own/types/1)."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from kazna.kernel.identifiers import format_snils
from kazna.standins.documents.cards import PersonCard
from kazna.standins.documents.reading import attribute, element
from kazna.standins.documents.requests import AskedPerson, day_of
from kazna.standins.documents.tree import Element, Vocabulary

TYPES = Vocabulary("urn://kazna-own/types/1")


def write_card(here: Vocabulary, parent: Element, card: PersonCard, name: str = "СведФЛ") -> None:
    number = card.snils and format_snils(card.snils)
    block = here(parent, name, СНИЛС=number, ДатаРожд=card.birth_date)
    TYPES(block, "ФИО", Фамилия=card.surname, Имя=card.forename, Отчество=card.patronymic or None)


def repeat_person(parent: Element, request: Element) -> None:
    """The answer names the person as the request did."""
    parent.append(deepcopy(element(request, "СведФЛ")))


def asked_person(request: Element) -> AskedPerson:
    about, names = element(request, "СведФЛ"), element(request, "ФИО")
    return AskedPerson(
        snils="".join(ch for ch in about.get("СНИЛС") or "" if ch.isdigit()),
        surname=attribute(names, "Фамилия"),
        forename=attribute(names, "Имя"),
        patronymic=names.get("Отчество"),
        birth_date=day_of(attribute(about, "ДатаРожд")),
    )


def asked_day(request: Element) -> date:
    return day_of(attribute(request, "НаДату"))
