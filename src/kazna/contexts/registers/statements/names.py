"""A change of name."""

from __future__ import annotations

from kazna.contexts.integration.public import NameChanged
from kazna.contexts.registers.desk import Desk

WHO = "Сменивший имя"


def record_name_change(desk: Desk, told: NameChanged) -> None:
    """The new name from the day of the change; the person stays findable under the former ones."""
    if not desk.open_act(told.act):
        return
    card = desk.find_or_enter(told.person, WHO)
    desk.alive_on(card, told.changed_on, WHO)
    name = {"surname": told.surname, "forename": told.forename, "patronymic": told.patronymic}
    desk.put("person.name", card.person_id, told.changed_on, name)
    desk.know_name(card.person_id, name, card.birth_date)
