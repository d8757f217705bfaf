"""Propose, settle and apply changes; what stands in them is checked both when proposed and when applied."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from kazna.contexts.administration.agreements import apply_agreement, check_agreement
from kazna.contexts.administration.contracts import (
    DUTIES,
    ROLES,
    AnotherPersonNeeded,
    ChangeAlreadyWaits,
    ChangeNotOpen,
    ChangeRefused,
    ChangeView,
    Settled,
)
from kazna.contexts.administration.doubles import apply_withdrawal, check_withdrawal
from kazna.contexts.administration.models import Body, Change, Territory
from kazna.contexts.identity import public as identity
from kazna.plumbing import tunables

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,59}")
BODY = re.compile(r"[a-z]{2,12}-\d{2}")
SHORTEST_REASON, LONGEST_REASON = 10, 1000


@transaction.atomic
def propose(*, kind: str, target: str, after: Mapping[str, Any], reason: str, by: str, now: datetime) -> ChangeView:
    """Propose a change; one that touches neither rights nor money is applied at once.

    Raises ChangeRefused (what does not fit), ChangeAlreadyWaits.
    """
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON or "\x00" in reason:
        raise ChangeRefused(why="напишите, зачем, хотя бы одним предложением")
    if kind not in KINDS:
        raise ChangeRefused(why="такого вида изменений нет")
    before, whole = KINDS[kind][0](target, dict(after))
    if before == whole:
        raise ChangeRefused(why="ничего не изменилось")
    if Change.objects.filter(kind=kind, target=target, state=Change.State.WAITING).exists():
        raise ChangeAlreadyWaits(target=target)
    guarded = kind != "setting" or tunables.tunable(target).is_guarded
    row = Change.objects.create(
        id=uuid4(), kind=kind, target=target, before=before, after=whole, reason=reason.strip(), proposed_by=by,
        guarded=guarded, proposed_at=now,
    )  # fmt: skip
    if not guarded:
        _close(row, Change.State.APPLIED, by, now)
        KINDS[kind][1](row)
    return view(row)


@transaction.atomic
def settle(*, change_id: UUID, approve: bool, by: str, now: datetime) -> Settled:
    """Apply or reject another administrator's change; nothing stands between the check and the act.

    Raises ChangeNotOpen, AnotherPersonNeeded, ChangeRefused (what was true then is not now).
    """
    row = Change.objects.select_for_update().filter(id=change_id, state=Change.State.WAITING).first()
    if row is None:
        raise ChangeNotOpen()
    if row.proposed_by == by:
        raise AnotherPersonNeeded()
    if not approve:
        _close(row, Change.State.REJECTED, by, now)
        return Settled(view(row))
    check, apply = KINDS[row.kind]
    before, _whole = check(row.target, dict(row.after))
    if before != row.before:
        raise ChangeRefused(why="за это время запись изменили; отклоните и предложите заново")
    _close(row, Change.State.APPLIED, by, now)
    return Settled(view(row), apply(row))


@transaction.atomic
def withdraw(*, change_id: UUID, by: str, now: datetime) -> ChangeView:
    """Take back one's own change. Raises ChangeNotOpen."""
    row = Change.objects.select_for_update().filter(id=change_id, state=Change.State.WAITING, proposed_by=by).first()
    if row is None:
        raise ChangeNotOpen()
    _close(row, Change.State.WITHDRAWN, by, now)
    return view(row)


def _close(row: Change, state: Change.State, by: str, now: datetime) -> None:
    row.state, row.settled_by, row.settled_at = state, by, now
    row.save(update_fields=["state", "settled_by", "settled_at"])
    with connection.cursor() as cursor:  # the database lets accounts and settings change under this number only
        cursor.execute("SELECT set_config('app.change', %s, true)", [str(row.id)])


def _account(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    known = _known_account(target)
    if not LOGIN.fullmatch(target):
        raise ChangeRefused(why="логин — латинские строчные буквы и цифры, от 3 до 60 знаков")
    told = {
        "role": str(after.get("role", "")), "shown_name": " ".join(str(after.get("shown_name", "")).split()),
        "body": str(after.get("body", "")), "duties": sorted(map(str, after.get("duties", ()))), "is_active": True,
    }  # fmt: skip
    if told["role"] not in ROLES:
        raise ChangeRefused(why="выберите роль из списка")
    if not 3 <= len(told["shown_name"]) <= 200 or "\x00" in told["shown_name"]:
        raise ChangeRefused(why="имя сотрудника — от 3 до 200 знаков")
    if set(told["duties"]) - set(DUTIES):
        raise ChangeRefused(why="выберите обязанности из списка")
    body = Body.objects.filter(code=told["body"], is_active=True).first() if told["body"] else None
    if told["role"] == "officer" and body is None:
        raise ChangeRefused(why="специалисту нужен действующий орган из списка")
    if told["body"] and body is None:
        raise ChangeRefused(why="такого действующего органа нет")
    if known and known["role"] != told["role"]:
        raise ChangeRefused(why="роль учётной записи не меняют: закройте её и заведите новую")
    return known, told | {"territory": body.territory if body else ""}


def _apply_account(row: Change) -> str:
    told = row.after
    password = "" if row.before else secrets.token_urlsafe(12)
    identity.change_staff(
        login=row.target, role=told["role"], shown_name=told["shown_name"], body=told["body"],
        territory=told["territory"], duties=told["duties"], is_active=told["is_active"], password=password,
    )  # fmt: skip
    return password


def _closing(*, is_active: bool) -> Callable[[str, dict[str, Any]], tuple[dict[str, Any], dict[str, Any]]]:
    def check(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        known = _known_account(target)
        if not known:
            raise ChangeRefused(why="такой учётной записи нет")
        return known, known | {"is_active": is_active}

    return check


def _known_account(login: str) -> dict[str, Any]:
    card = next((one for one in identity.staff(with_closed=True) if one.login == login), None)
    if card is None:
        return {}
    return {
        "role": card.role, "shown_name": card.shown_name, "body": card.body, "territory": card.territory,
        "duties": sorted(card.duties), "is_active": card.is_active,
    }  # fmt: skip


def _body(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    known = Body.objects.filter(code=target).values("title", "territory", "is_active").first() or {}
    title, territory = " ".join(str(after.get("title", "")).split()), target.rpartition("-")[2]
    if not BODY.fullmatch(target):
        raise ChangeRefused(why="код органа — как sfr-77: вид латинскими буквами и две цифры региона")
    if not 3 <= len(title) <= 200 or "\x00" in title:
        raise ChangeRefused(why="название органа — от 3 до 200 знаков")
    if not Territory.objects.filter(code=territory).exists():
        raise ChangeRefused(why=f"территории {territory} нет; сначала добавьте её")
    return known, {"title": title, "territory": territory, "is_active": True}


def _apply_body(row: Change) -> str:
    Body.objects.update_or_create(code=row.target, defaults=dict(row.after))
    return ""


def _close_body(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    known = Body.objects.filter(code=target).values("title", "territory", "is_active").first()
    if not known:
        raise ChangeRefused(why="такого органа нет")
    if identity.staff(body=target):
        raise ChangeRefused(why="в органе есть действующие сотрудники; сначала закройте или переведите их")
    return known, known | {"is_active": False}


def _territory(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    known = Territory.objects.filter(code=target).values("title").first() or {}
    title = " ".join(str(after.get("title", "")).split())
    if not re.fullmatch(r"[0-9]{2}", target):
        raise ChangeRefused(why="код территории — две цифры")
    if not 3 <= len(title) <= 200 or "\x00" in title:
        raise ChangeRefused(why="название территории — от 3 до 200 знаков")
    return known, {"title": title}


def _apply_territory(row: Change) -> str:
    Territory.objects.update_or_create(code=row.target, defaults=dict(row.after))
    return ""


def _setting(target: str, after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        value = tunables.tunable(target).read(str(after.get("value", "")))
    except tunables.TunableRefused as refusal:
        raise ChangeRefused(why=refusal.why) from None
    return {"value": tunables.value(target)}, {"value": value}


def _apply_setting(row: Change) -> str:
    tunables.set_value(row.target, row.after["value"], by=row.settled_by, change_id=row.id)
    return ""


Check = Callable[[str, dict[str, Any]], tuple[dict[str, Any], dict[str, Any]]]
KINDS: dict[str, tuple[Check, Callable[[Change], str]]] = {
    "account": (_account, _apply_account),
    "account_close": (_closing(is_active=False), lambda row: _apply_account(row)),
    "account_open": (_closing(is_active=True), lambda row: _apply_account(row)),
    "body": (_body, _apply_body),
    "body_close": (_close_body, _apply_body),
    "territory": (_territory, _apply_territory),
    "setting": (_setting, _apply_setting),
    "agreement": (check_agreement, apply_agreement),
    "fact": (check_withdrawal, apply_withdrawal),
}


def view(row: Change) -> ChangeView:
    names = (name for name in ChangeView.__slots__ if name != "change_id")
    return ChangeView(change_id=row.id, **{name: getattr(row, name) for name in names})
