"""A death record."""

from __future__ import annotations

from kazna.contexts.integration.public import DeathReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.keys import russian_day

WHO = "Умерший"


def record_death(desk: Desk, told: DeathReported) -> None:
    """The fact of death; marriages end with it. A second act about the same person waits for an officer."""
    if not desk.open_act(told.act):
        return
    if told.died_on is None:
        raise desk.refusal("date_missing", WHO, field="Дата смерти")
    card = desk.find_or_enter(told.person, WHO)
    value = {"date": told.died_on.isoformat(), "act": told.act.key.number}
    for known in desk.book.live(card.person_id, "person.death"):
        desk.claim(card, known, valid_from=told.died_on, value=value)
        raise desk.refusal("already_dead", WHO, act=known.value["act"])
    if card.birth_date and told.died_on < card.birth_date:
        days = {"died_on": russian_day(told.died_on), "born_on": russian_day(card.birth_date)}
        raise desk.refusal("death_before_birth", WHO, **days)
    _check_no_child_after(desk, card.person_id, told)
    desk.put("person.death", card.person_id, told.died_on, value)


def _check_no_child_after(desk: Desk, person_id: object, told: DeathReported) -> None:
    """A mother whose child was born after her death: one of the two records is wrong, whichever came first."""
    assert told.died_on is not None
    for tie in desk.book.live_about(person_id, "family.parent"):  # type: ignore[arg-type]
        if tie.value["role"] == "mother" and tie.valid_from > told.died_on:
            days = {"died_on": russian_day(told.died_on), "happened_on": russian_day(tie.valid_from)}
            raise desk.refusal("person_dead", WHO, who="Умершая — мать родившегося позже ребёнка", **days)
