"""The catalogue of fact kinds: one entry as a plain document, what may stand in it, reads and differences."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kazna.contexts.registers.contracts import DomainFact, KindChangeView, KindView
from kazna.contexts.registers.models import FactKind, KindChange
from kazna.contexts.registers.precedence import END, OBJECT
from kazna.kernel.places import LAW

FOLDER = LAW / "facts"
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}")
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
STAGES = ("stored", "cached", "on_demand")
COMPLETENESS = ("full", "answer", "claimed")
SENSITIVITY = ("public", "personal", "family", "special", "medical secrecy", "bank secrecy", "tax secrecy")
FIELDS = ("title", "holder", "stage", "fresh_days", "completeness", "sensitivity", "value", "precedence")
NEEDED = ("title", "holder", "stage", "completeness", "sensitivity", "value")
LONGEST = 200


def released() -> dict[str, dict[str, Any]]:
    """The catalogue as the release of the law has it: code → entry."""
    kinds: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("catalogue*.yaml")):
        kinds |= yaml.safe_load(path.read_text(encoding="utf-8"))["kinds"]
    believed = _precedences()
    return {code: plain({"precedence": believed.get(code), **told}) for code, told in kinds.items()}


def _precedences() -> dict[str, dict[str, Any]]:
    """By kind, from the groups of law/precedence.yaml."""
    told = yaml.safe_load((LAW / "precedence.yaml").read_text(encoding="utf-8"))
    alone = {
        code: {"sources": [], "compared": [], "reason": one["reason"]} for one in told["none"] for code in one["kinds"]
    }
    return alone | {
        code: {"sources": group["sources"], "reason": group["reason"]}
        | (keys if isinstance(keys, dict) else {"compared": keys})
        for group in told["groups"]
        for code, keys in group["kinds"].items()
    }


def plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with every field, as the database keeps it."""
    return {
        "title": told["title"],
        "holder": told.get("holder", ""),
        "stage": told.get("stage", "stored"),
        "fresh_days": told.get("fresh_days"),
        "completeness": told.get("completeness", "answer"),
        "sensitivity": told.get("sensitivity", ""),
        "value": dict(told.get("value") or {}),
        "precedence": dict(told.get("precedence") or {}),
    }


def domain_facts(folder: Path = FOLDER) -> list[DomainFact]:
    """Facts of the field and the kind under which each is kept or from which it is worked out."""
    with (folder / "domain.csv").open(encoding="utf-8", newline="") as text:
        return [DomainFact(**{**row, "derived": row["derived"] == "yes"}) for row in csv.DictReader(text)]


def remarks_on(code: Any, told: Any) -> list[str]:
    """What is wrong with an entry, in sentences; empty when nothing is."""
    if not isinstance(code, str) or not CODE.fullmatch(code) or len(code) > 60:
        return [f"«{code}»: код вида — латинские слова через точку, например housing.charges, до 60 знаков"]
    if not isinstance(told, Mapping):
        return [f"{code}: ожидаются поля ({', '.join(NEEDED)}), а стоит {type(told).__name__}"]
    found = [f"{code}: поля «{name}» нет; есть {', '.join(FIELDS)}" for name in told if name not in FIELDS]
    found += [f"{code}: нет поля {name}" for name in NEEDED if name not in told]
    found += _remarks_on_words(code, told)
    found += _remarks_on_value(code, told.get("value", {}))
    found += _remarks_on_precedence(code, told.get("precedence") or {}, told.get("value", {}))
    days = told.get("fresh_days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= 3660):
        found.append(f"{code}: fresh_days — целое число дней от 1 до 3660")
    if told.get("stage") == "cached" and days is None:
        found.append(f"{code}: для stage cached нужно fresh_days — сколько дней ответ свежий")
    return found


def _remarks_on_words(code: str, told: Mapping[str, Any]) -> list[str]:
    found = []
    for name in ("title", "holder"):
        if name in told and (not isinstance(told[name], str) or not 0 < len(told[name].strip()) <= LONGEST):
            found.append(f"{code}: {name} — строка до {LONGEST} знаков")
    for name, allowed in (("stage", STAGES), ("completeness", COMPLETENESS), ("sensitivity", SENSITIVITY)):
        if name in told and told[name] not in allowed:
            found.append(f"{code}: {name} «{told[name]}» не бывает; выберите: {', '.join(allowed)}")
    return found


def _remarks_on_value(code: str, value: Any) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{code}: value — перечень ключей с их видом, например {{amount_kopecks: int}}"]
    return [
        f"{code}: ключ «{key}» в value — латиницей, а его описание — строка до {LONGEST} знаков"
        for key, shape in value.items()
        if not (isinstance(key, str) and KEY.fullmatch(key) and isinstance(shape, str) and len(shape) <= LONGEST)
    ]


def _remarks_on_precedence(code: str, told: Any, value: Any) -> list[str]:
    if not told:
        return []
    if not isinstance(told, Mapping) or set(told) - {"about"} != {"sources", "compared", "reason"}:
        return [f"{code}: precedence — поля sources, compared, reason и, если нужно, about"]
    found = []
    if not isinstance(told["sources"], list) or not all(isinstance(one, str) for one in told["sources"]):
        found.append(f"{code}: precedence.sources — список ведомств от главного")
    for name in ("compared", "about"):
        keys = told.get(name, [])
        if not isinstance(keys, list) or not set(map(str, keys)) <= {*(value or ()), END, OBJECT}:
            found.append(f"{code}: precedence.{name} — ключи из value, {END} или {OBJECT}")
    if not isinstance(told["reason"], str) or len(told["reason"]) < 10:
        found.append(f"{code}: precedence.reason — почему такой порядок, со ссылкой на акт")
    return found


def kinds() -> list[KindView]:
    """The catalogue of fact kinds, by code."""
    return [kind_view(row) for row in FactKind.objects.order_by("code")]


def kind_view(row: FactKind) -> KindView:
    return KindView(code=row.code, origin=row.origin, **{name: getattr(row, name) for name in FIELDS})


def differences(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, tuple[Any, Any]]]:
    """By code, what the entries would change: field → (now, then); of a new kind all fields, None on the left."""
    known = {row.code: row for row in FactKind.objects.filter(code__in=list(entries))}
    found = {}
    for code, told in sorted(entries.items()):
        row = known.get(code)
        now = plain(told)
        changed = {
            name: (getattr(row, name) if row else None, now[name])
            for name in FIELDS
            if row is None or getattr(row, name) != now[name]
        }
        if changed:
            found[code] = changed
    return found


def changes(*, is_open: bool) -> list[KindChangeView]:
    """Up to 200 changes that wait for a second person, or settled ones, the newest first."""
    rows = KindChange.objects.filter(settled_at__isnull=is_open).order_by("-proposed_at", "id")[:200]
    return [change_view(row) for row in rows]


def change_view(row: KindChange) -> KindChangeView:
    return KindChangeView(
        change_id=row.id, code=row.code, before=row.before, after=row.after, reason=row.reason,
        proposed_by=row.proposed_by, proposed_at=row.proposed_at, settled_by=row.settled_by,
        settled_at=row.settled_at, is_approved=row.is_approved,
    )  # fmt: skip
