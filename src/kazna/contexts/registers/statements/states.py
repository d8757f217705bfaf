"""States that last, by the records of their holders: service, imprisonment, studies, pregnancy; deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kazna.contexts.integration.public import DeliveryReported, StateReported
from kazna.contexts.registers.desk import Desk

WHO, MOTHER = "Гражданин", "Мать"
FULLTIME = "fulltime"


def record_state(desk: Desk, told: StateReported) -> None:
    """One fact per record of the holder; a newer version of the record takes its place, an older changes nothing."""
    if not desk.open_act(told.act):
        return
    card = desk.asked_about(WHO) if desk.subject_id else desk.find_or_enter(told.person, WHO)
    desk.alive_on(card, told.period.start, WHO)
    kind, value = fact_of(told)
    desk.put(kind, card.person_id, told.period.start, value, valid_to=told.period.end)


def fact_of(told: StateReported) -> tuple[str, dict[str, Any]]:
    """Kind and value of the fact; the law asks of studies only whether they are full-time."""
    if told.subject == "service":
        return "military.service", {"type": told.details["type"]}
    if told.subject == "imprisonment":
        return "status.imprisoned", {"form": told.details["form"]}
    if told.subject == "pregnancy":
        return "health.pregnancy", {"registered_week": told.details["registered_week"]}
    if told.details["form"] == FULLTIME:
        return "education.fulltime", {"level": told.details["level"]}
    return "education.other", dict(told.details)


def record_delivery(desk: Desk, told: DeliveryReported) -> None:
    """The medical fact of a birth: the civil registry's record of the child comes apart from it."""
    if not desk.open_act(told.act):
        return
    card = desk.find_or_enter(told.mother, MOTHER)
    desk.alive_on(card, told.happened_on, MOTHER)
    value = {"born": told.born, "alive": told.alive}
    end = told.happened_on + timedelta(days=1)
    desk.put("health.delivery", card.person_id, told.happened_on, value, valid_to=end)
