"""Paternity established after the birth was recorded."""

from __future__ import annotations

from kazna.contexts.integration.public import PaternityReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Card
from kazna.contexts.registers.keys import keyed_id
from kazna.contexts.registers.kinship import check_kinship

CHILD, MOTHER, FATHER = "Ребёнок", "Мать", "Отец"


def record_paternity(desk: Desk, told: PaternityReported) -> None:
    """The father from the birth on (Семейный кодекс РФ, статья 53), the child's name from the day of the act.

    A child who already has another father is a matter for an officer.
    """
    if not desk.open_act(told.act):
        return
    child = _child(desk, told)
    born_on = child.birth_date or told.child.birth_date
    if born_on is None:
        raise desk.refusal("date_missing", CHILD, field="Дата рождения ребёнка")
    father = desk.find_or_enter(told.father, FATHER)
    if told.mother:
        desk.find_or_enter(told.mother, MOTHER)
    check_kinship(desk, child, father, FATHER)
    for known in desk.book.live(child.person_id, "family.parent"):
        if known.value["role"] == "father" and known.object_id != father.person_id:
            desk.claim(child, known, object_id=father.person_id)
            raise desk.refusal("second_father", FATHER)
    number = told.act.key.number
    tie = {"role": "father", "act": number, "order": None}
    desk.put("family.parent", child.person_id, born_on, tie, object_id=father.person_id, thing=f"{desk.thing}/father")
    if (told.surname_after, told.forename_after) != ("", ""):
        name = {
            "surname": told.surname_after,
            "forename": told.forename_after,
            "patronymic": told.patronymic_after,
        }
        desk.put("person.name", child.person_id, max(told.act.key.registered_on, born_on), name)
        desk.know_name(child.person_id, name, born_on)


def _child(desk: Desk, told: PaternityReported) -> Card:
    """By the birth record the act quotes, else as any person; a child nobody recorded is entered.

    A paternity that runs ahead of its birth record enters the child under that record's number.
    """
    if not told.birth_act:
        return desk.find_or_enter(told.child, CHILD)
    by_act = desk.book.by_birth_act[told.birth_act]
    if len(by_act) == 1:
        return desk.book.cards[next(iter(by_act))]
    if known := desk.find(told.child, CHILD):
        return known
    card = desk.enter(Card(keyed_id(f"birth/{told.birth_act}"), told.child.snils, told.birth_act))
    desk.tell_newcomer(card.person_id, told.child)
    return desk.book.cards[card.person_id]
