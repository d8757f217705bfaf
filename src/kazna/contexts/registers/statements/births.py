"""A birth record: the child, who the parents are, and what could not have been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kazna.contexts.integration.public import BirthReported, PersonRef
from kazna.contexts.registers.desk import Desk, Refused
from kazna.contexts.registers.entries import Card, Entry
from kazna.contexts.registers.keys import keyed_id, russian_day
from kazna.contexts.registers.kinship import check_kinship

CHILD, MOTHER, FATHER = "Ребёнок", "Мать", "Отец"
LONGEST_AFTER_FATHER = timedelta(days=300)  # Семейный кодекс РФ, статья 48, пункт 2
RUSSIA = "643"


def record_birth(desk: Desk, told: BirthReported) -> None:
    """Facts about the child: name, birth, sex, citizenship, parents, home, details of the birth."""
    kept = _parents_recorded(desk, told)
    if not desk.open_act(told.act):
        return
    born_on = told.child.birth_date
    if born_on is None:
        raise desk.refusal("date_missing", CHILD, field="Дата рождения ребёнка")
    mother = desk.find_or_enter(told.mother, MOTHER) if told.mother else None
    father = desk.find_or_enter(told.father, FATHER) if told.father else None
    _check_parents_alive(desk, mother, father, born_on)
    child = _child_card(desk, told, mother, father)
    if not kept:
        kept = {e.value["role"]: e for e in desk.book.live(child.person_id, "family.parent")}
    for parent, who in ((mother, MOTHER), (father, FATHER)):
        if parent:
            check_kinship(desk, replace(child, birth_date=born_on), parent, who)
    _check_one_of_each(desk, told, kept, {"mother": mother, "father": father})
    _tell_child(desk, told, child, born_on, mother, father)


def _parents_recorded(desk: Desk, told: BirthReported) -> dict[str, Entry]:
    """Parents by the edition of this act recorded before, by role."""
    act = desk.book.acts.get(str(told.act.key))
    return {
        entry.value["role"]: entry
        for person_id in (act.person_ids if act else ())
        for entry in desk.book.live(person_id, "family.parent")
        if entry.thing.startswith(str(told.act.key))
    }


def _child_card(desk: Desk, told: BirthReported, mother: Card | None, father: Card | None) -> Card:
    """The child by the number of the record, by СНИЛС, by name and parent, else a new card."""
    number, ref = told.act.key.number, told.child
    by_act = desk.book.by_birth_act[number]
    if len(by_act) == 1:
        card = desk.book.cards[next(iter(by_act))]
    elif ref.snils and ref.snils in desk.book.by_snils:
        found = desk.find(ref, CHILD)
        assert found is not None
        card = found
    else:
        parents = {card.person_id for card in (mother, father) if card}
        card = _same_child(desk, ref, parents) or Card(keyed_id(f"birth/{number}"))
    if card.birth_act and card.birth_act != number:
        remarks = [desk.refusal("already_born", CHILD, act=card.birth_act)]
        remarks += _second_parents(desk, card, {"mother": mother, "father": father})
        raise Refused(*(one for refused in remarks for one in refused.remarks))
    return desk.enter(replace(card, birth_act=number, snils=card.snils or ref.snils))


def _same_child(desk: Desk, ref: PersonRef, parents: set[Any]) -> Card | None:
    """A child of one of these parents with this very name and birth date."""
    for card in desk.book.named(ref.surname, ref.forename, ref.patronymic, ref.birth_date):
        known = {entry.object_id for entry in desk.book.live(card.person_id, "family.parent")}
        if known & parents and not (ref.snils and card.snils):
            return card
    return None


def _check_parents_alive(desk: Desk, mother: Card | None, father: Card | None, born_on: date) -> None:
    """A mother may die in childbirth, a father up to three hundred days before it."""
    refused = []
    if mother and mother.died_on and mother.died_on < born_on:
        days = {"died_on": russian_day(mother.died_on), "born_on": russian_day(born_on)}
        refused.append(desk.refusal("mother_dead", MOTHER, **days))
    if father and father.died_on and father.died_on + LONGEST_AFTER_FATHER < born_on:
        days = {"died_on": russian_day(father.died_on), "born_on": russian_day(born_on)}
        refused.append(desk.refusal("father_dead_long", FATHER, **days))
    if refused:
        raise Refused(*(one for refusal in refused for one in refusal.remarks))


def _check_one_of_each(desk: Desk, told: BirthReported, kept: dict[str, Entry], named: dict[str, Card | None]) -> None:
    """Another mother or father may come only by a correction of the record."""
    if told.act.is_corrected:
        return
    for role, card in named.items():
        known = kept.get(role)
        if known and card and known.object_id != card.person_id:
            code, who = ("second_mother", MOTHER) if role == "mother" else ("second_father", FATHER)
            raise desk.refusal(code, who)


def _second_parents(desk: Desk, child: Card, named: dict[str, Card | None]) -> list[Refused]:
    """Objections, and claims for an officer, when another record names other parents."""
    refused = []
    for entry in desk.book.live(child.person_id, "family.parent"):
        role = entry.value["role"]
        claimed = named.get(role)
        if claimed and claimed.person_id != entry.object_id:
            desk.claim(child, entry, object_id=claimed.person_id)
            code, who = ("second_mother", MOTHER) if role == "mother" else ("second_father", FATHER)
            refused.append(desk.refusal(code, who))
    return refused


def _tell_child(
    desk: Desk, told: BirthReported, child: Card, born_on: date, mother: Card | None, father: Card | None
) -> None:
    number, person_id, ref = told.act.key.number, child.person_id, told.child
    name = {"surname": ref.surname, "forename": ref.forename, "patronymic": ref.patronymic}
    desk.put("person.name", person_id, born_on, name)
    desk.know_name(person_id, name, born_on)
    birth = {"date": born_on.isoformat(), "place": told.birth_place, "act": number}
    desk.put("person.birth", person_id, born_on, birth)
    if ref.sex:
        desk.put("person.sex", person_id, born_on, {"sex": ref.sex})
    if told.certificate and told.certificate.number:
        desk.put("person.document", person_id, born_on, _certificate(told))
    if any(parent and parent.citizenship == RUSSIA for parent in (told.mother, told.father)):
        # Федеральный закон от 28.04.2023 № 138-ФЗ, статья 13: by birth, when a parent is a citizen
        desk.put("person.citizenship", person_id, born_on, {"oksm": RUSSIA, "by_birth": True})
    _withdraw_others_word(desk, child, number)
    for role, parent, order in (("mother", mother, told.order), ("father", father, None)):
        if parent:
            value = {"role": role, "act": number, "order": order}
            thing = f"{desk.thing}/{role}"
            desk.put("family.parent", person_id, born_on, value, object_id=parent.person_id, thing=thing)
    details = {"live": told.is_live, "multiple": told.multiple, "order": told.order, "birth_act": number}
    desk.put("family.birth_details", person_id, born_on, details)
    if home := _home(desk, born_on, mother, father):
        desk.put("person.residence", person_id, born_on, home)


def _withdraw_others_word(desk: Desk, child: Card, number: str) -> None:
    """What another source retold of this very record gives way to the record itself."""
    for entry in desk.book.live(child.person_id, "family.parent"):
        if entry.source != desk.source and entry.value["act"] == number:
            desk.book.annul(entry)


def _certificate(told: BirthReported) -> dict[str, Any]:
    paper = told.certificate
    assert paper is not None
    number = "".join(part for part in (paper.series, paper.number) if part)
    issued_on = paper.issued_on.isoformat() if paper.issued_on else None
    return {"code": "03", "series_number": number, "issued_on": issued_on, "issuer": None}


def _home(desk: Desk, born_on: date, *parents: Card | None) -> dict[str, Any] | None:
    """A child lives with the parents (Гражданский кодекс РФ, статья 20, пункт 2): the mother's home first."""
    for parent in parents:
        if parent:
            homes = desk.book.live(parent.person_id, "person.residence")
            for home in [h for h in homes if h.holds_on(born_on)] or homes[:1]:
                return {name: known for name, known in home.value.items() if name != "stated_to"}
    return None
