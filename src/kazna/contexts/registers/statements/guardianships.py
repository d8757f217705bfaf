"""Guardians and trustees of grown-ups, by the acts of bodies of guardianship."""

from __future__ import annotations

from kazna.contexts.integration.public import GuardianshipReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.kinship import GUARDIANSHIP

WARD, GUARDIAN = "Подопечный", "Опекун"


def record_guardianship(desk: Desk, told: GuardianshipReported) -> None:
    """One fact about the ward per act; a newer version of the record (an end, other limits) takes its place.

    Law: ГК РФ, статьи 29, 30, 32, 33, 39, 40; 48-ФЗ, статья 15 (limits). Nobody is one's own guardian.
    """
    if not desk.open_act(told.act):
        return
    ward, guardian = desk.find_or_enter(told.ward, WARD), desk.find_or_enter(told.guardian, GUARDIAN)
    if ward.person_id == guardian.person_id:
        raise desk.refusal("own_guardian", GUARDIAN)
    desk.alive_on(ward, told.period.start, WARD)
    desk.alive_on(guardian, told.period.start, GUARDIAN)
    value = {"form": told.form, "act": told.act.key.number, "limits": list(told.limits)}
    desk.put(
        GUARDIANSHIP, ward.person_id, told.period.start, value,
        object_id=guardian.person_id, valid_to=told.period.end,
    )  # fmt: skip
