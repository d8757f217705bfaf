"""Marriages and divorces: both spouses get the fact; the end of a marriage is worked out in `successions`."""

from __future__ import annotations

from datetime import date

from kazna.contexts.integration.public import DivorceReported, MarriageReported, PersonRef
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card

HUSBAND, WIFE = "Супруг", "Супруга"


def record_marriage(desk: Desk, told: MarriageReported) -> None:
    if not desk.open_act(told.act):
        return
    if told.married_on is None:
        raise desk.refusal("date_missing", "Запись", field="Дата заключения брака")
    husband, wife = _spouses(desk, told)
    for card, who in ((husband, HUSBAND), (wife, WIFE)):
        desk.alive_on(card, told.married_on, who)
        _check_free(desk, card, who, told.married_on)
    value = {"act": told.act.key.number}
    for one, other in ((husband, wife), (wife, husband)):
        desk.put("family.marriage", one.person_id, told.married_on, value, object_id=other.person_id)
    _take_surname(desk, husband, told.husband, told.husband_surname_after, told.married_on)
    _take_surname(desk, wife, told.wife, told.wife_surname_after, told.married_on)


def record_divorce(desk: Desk, told: DivorceReported) -> None:
    """A divorce that comes before its marriage is kept and ends it when it comes."""
    if not desk.open_act(told.act):
        return
    if told.divorced_on is None:
        raise desk.refusal("date_missing", "Запись", field="Дата прекращения брака")
    husband, wife = _spouses(desk, told)
    marriages = desk.book.live(husband.person_id, "family.marriage")
    if not any(marriage.object_id == wife.person_id for marriage in marriages):
        desk.note("marriage_unknown", "Запись")
    value = {"act": told.act.key.number}
    for one, other in ((husband, wife), (wife, husband)):
        desk.put("family.divorce", one.person_id, told.divorced_on, value, object_id=other.person_id)
    _take_surname(desk, husband, told.husband, told.husband_surname_after, told.divorced_on)
    _take_surname(desk, wife, told.wife, told.wife_surname_after, told.divorced_on)


def _spouses(desk: Desk, told: MarriageReported | DivorceReported) -> tuple[Card, Card]:
    return desk.find_or_enter(told.husband, HUSBAND), desk.find_or_enter(told.wife, WIFE)


def _check_free(desk: Desk, card: Card, who: str, married_on: date) -> None:
    """Nobody marries while married (Семейный кодекс РФ, статья 14)."""
    for marriage in desk.book.live(card.person_id, "family.marriage"):
        if marriage.thing != desk.thing and marriage.holds_on(married_on):
            raise desk.refusal("already_married", who, who=who, act=marriage.value["act"])


def _take_surname(desk: Desk, card: Card, before: PersonRef, surname: str | None, since: date) -> None:
    if surname and surname != before.surname:
        name = {"surname": surname, "forename": before.forename, "patronymic": before.patronymic}
        desk.put("person.name", card.person_id, since, name)
        desk.know_name(card.person_id, name, card.birth_date)
