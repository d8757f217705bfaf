"""What a citizen did on the portal, format own_epgu/1 (JSON)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from kazna.contexts.integration.contracts import CitizenAct
from kazna.contexts.integration.readers.elements import Placed
from kazna.contexts.integration.readers.people import snils
from kazna.contexts.integration.readers.refusals import unreadable

FORMAT = "own_epgu/1"
KINDS = ("consent", "application", "account_change")
WHERE = "документ"


def parse_json(payload: bytes) -> dict[str, Any]:
    """The object of the document. Raises Unreadable with `json_broken` or `unknown_format`."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        raise unreadable("json_broken", f"строка {line}", detail="синтаксис или кодировка") from problem
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise unreadable(
            "unknown_format", WHERE, root=str(told.get("format") if isinstance(told, dict) else "не объект")
        )
    return told


def citizen_act(told: dict[str, Any]) -> Placed:
    """The one act of the document; a field of a wrong type is refused by name."""
    kind = _text(told, "kind")
    if kind not in KINDS:
        raise _wrong("kind", f"содержит «{kind}»", " или ".join(KINDS))
    account = told.get("account") or {}
    if not isinstance(account, dict):
        raise _wrong("account", "не является объектом", "bik и account")
    act = CitizenAct(
        act_id=_text(told, "id"),
        kind=kind,
        snils=snils(_text(told, "snils")) or "",
        done_on=_day(told, "on"),
        measure=_optional(told, "measure"),
        child_snils=snils(_optional(told, "child_snils")),
        child_birth_act=_optional(told, "child_birth_act"),
        bik=_optional(account, "bik"),
        account=_optional(account, "account"),
        deceased_snils=snils(_optional(told, "deceased_snils")),
        declared=_declared(told),
    )
    if kind == "account_change" and not (act.bik and act.account):
        raise _wrong("account", "не заполнено", "bik и account при смене счёта")
    if kind != "account_change" and not act.measure:
        raise _wrong("measure", "не заполнено", "мера, на которую согласен или подаёт заявление гражданин")
    return Placed(WHERE, act)


def _declared(told: dict[str, Any]) -> dict[str, dict[str, bool]]:
    """Statements of the application: yes/no answers under the kind of fact they are about."""
    found = told.get("declared") or {}
    if not isinstance(found, dict) or not all(
        isinstance(value, dict) and all(isinstance(answer, bool) for answer in value.values())
        for value in found.values()
    ):
        raise _wrong("declared", "не является объектом", "вид сведений и ответы да или нет")
    return found


def _text(told: dict[str, Any], field: str) -> str:
    found = _optional(told, field)
    if found is None:
        raise _wrong(field, "не заполнено", "непустой текст")
    return found


def _optional(told: dict[str, Any], field: str) -> str | None:
    found = told.get(field)
    if found is not None and not isinstance(found, str):
        raise _wrong(field, "не является текстом", "текст или null")
    return (found or "").strip() or None


def _day(told: dict[str, Any], field: str) -> date:
    try:
        return date.fromisoformat(_text(told, field))
    except ValueError as problem:
        raise _wrong(field, "не читается", "дата вида 2025-03-14") from problem


def _wrong(field: str, problem: str, expected: str) -> Exception:
    return unreadable("json_field", WHERE, field=field, problem=problem, expected=expected)
