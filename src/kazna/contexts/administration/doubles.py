"""A fact of assignment of ours that another body repeats, taken back by two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kazna.contexts.administration.contracts import ChangeRefused
from kazna.contexts.administration.models import Change
from kazna.contexts.egisso import public as egisso


def check_withdrawal(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """`target`: id of the fact; `way` in `after`. Raises ChangeRefused."""
    try:
        found = egisso.own_doubles(UUID(target))
    except ValueError:
        raise ChangeRefused(why="номер факта назначения — UUID") from None
    if not found:
        raise ChangeRefused(why="такого факта нет среди тех, что повторяет другой орган")
    if after.get("way") not in egisso.WAYS_TO_WITHDRAW:
        raise ChangeRefused(why="выберите, как отозвать: дубль, ошибка или удаление")
    others = ", ".join(sorted({f"{one.other_body} {one.other_id}" for one in found}))
    return {}, {"title": found[0].title, "other": others, "way": after["way"]}


def apply_withdrawal(row: Change) -> str:
    assert row.settled_at is not None
    egisso.withdraw_own_fact(UUID(row.target), way=row.after["way"], on=row.settled_at.date())
    return ""
