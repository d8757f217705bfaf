"""An answer that a holder sends without being asked: in an envelope that names the person and the day."""

from __future__ import annotations

from datetime import date

from lxml import etree

from kazna.standins.documents.cards import PersonCard
from kazna.standins.documents.people_in_answers import TYPES, write_card
from kazna.standins.documents.tree import Vocabulary, to_bytes

HERE = Vocabulary("urn://kazna-own/pushed/1")


def write_unasked(card: PersonCard, answer: bytes, day: date, number: str) -> bytes:
    """`answer` is the document of an answer, held to its official schema; without СНИЛС a paper tells the person."""
    message = HERE.root("Сообщение", prefixes={"k": HERE.namespace}, ИдСвед=number, ДатаСвед=day)
    write_card(HERE, message, card)
    if card.snils is None:
        TYPES(message[0], "УдЛичнФЛ", КодВидДок=card.document_code, СерНомДок=card.document_number)
    HERE(message, "Документ").append(etree.fromstring(answer))
    return to_bytes(message)
