"""СНИЛС opened for a newborn by the birth record; it may come before the record itself."""

from __future__ import annotations

from dataclasses import replace

from kazna.contexts.integration.public import NewbornSnilsReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card
from kazna.contexts.registers.identity import is_called
from kazna.contexts.registers.keys import keyed_id, record_number, russian_day
from kazna.contexts.registers.merging import merge

WHO = "Новорождённый"


def record_newborn_snils(desk: Desk, told: NewbornSnilsReported) -> None:
    """Give the number to the child of the record; a card opened by СНИЛС meanwhile becomes one with it."""
    book, number, act = desk.book, told.snils, record_number(told.birth_act)
    desk.thing = f"snils/{number}"
    children = book.by_birth_act[act]
    child = book.cards[next(iter(children))] if children else None
    holder = book.cards[book.by_snils[number]] if number in book.by_snils else None
    for card in (child, holder):
        if card:
            _check_same(desk, card, told)
    if child and child.snils and child.snils != number:
        raise desk.refusal("snils_other", WHO, who=WHO)
    if child and holder and child.person_id != holder.person_id:
        merge(book, keep=child.person_id, drop=holder.person_id)
        child = book.cards[child.person_id]
    elif child is None:
        child = holder or _enter_by_act(desk, told, act)
    desk.enter(replace(child, snils=number, birth_act=child.birth_act or act))


def _enter_by_act(desk: Desk, told: NewbornSnilsReported, act: str) -> Card:
    """The record has not come yet: the child is entered by its number, the record will find the card."""
    card = desk.enter(Card(keyed_id(f"birth/{act}"), birth_act=act))
    desk.tell_newcomer(card.person_id, told.person)
    return card


def _check_same(desk: Desk, card: Card, told: NewbornSnilsReported) -> None:
    ref = told.person
    if card.birth_date and ref.birth_date and card.birth_date != ref.birth_date:
        given, known = russian_day(ref.birth_date), russian_day(card.birth_date)
        raise desk.refusal("birth_date_differs", WHO, who=WHO, given=given, known=known)
    if not is_called(desk.book, card, ref):
        raise desk.refusal("name_differs", WHO, who=WHO)
