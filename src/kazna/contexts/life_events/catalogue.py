"""Read law/life_events.yaml into finders; an unknown key or shape is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kazna.contexts.life_events.finders import AgeBand, AgeFinder, ChangeFinder, FactFinder, Finder, TermFinder
from kazna.kernel.errors import DomainError
from kazna.kernel.places import LAW

SHAPES: dict[str, type] = {"fact": FactFinder, "change": ChangeFinder, "age": AgeFinder, "term": TermFinder}
ROLES = {"mother", "father", "adoptive", "guardian", "spouse", "adult_child"}
OTHERS = {"", "recipient"}  # recipient: the event ends only what this person receives


class CatalogueBroken(DomainError):
    sentence = "law/life_events.yaml, событие {code}: {problem}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of life event and how it is found; `once`: at most one in a life, whatever its day.

    `other`: the role in which the other side of the fact takes part. `adults`: nobody under age has a role.
    """

    code: str
    title: str
    finders: tuple[Finder, ...]
    roles: tuple[str, ...] = ()
    once: bool = False
    other: str = ""
    adults: bool = False


@cache
def kinds(law: Path = LAW) -> dict[str, Kind]:
    """All kinds by code, in the order of the file. Raises CatalogueBroken."""
    told = yaml.safe_load((law / "life_events.yaml").read_text(encoding="utf-8"))["life_events"]
    return {code: _kind(code, entry, law) for code, entry in told.items()}


def _kind(code: str, entry: Mapping[str, Any], law: Path) -> Kind:
    unknown = set(entry) - {"title", "once", "roles", "adults", "other", "found"} | set(entry.get("roles", ())) - ROLES
    if unknown:
        raise CatalogueBroken(code=code, problem=f"непонятно: {', '.join(sorted(unknown))}")
    finders = tuple(_finder(code, found, law) for found in entry["found"])
    other = entry.get("other", "")
    if other not in OTHERS:
        raise CatalogueBroken(code=code, problem=f"other — одно из: {', '.join(sorted(OTHERS - {''}))}")
    roles = tuple(entry.get("roles", ()))
    return Kind(code, entry["title"], finders, roles, entry.get("once", False), other, entry.get("adults", False))


def _finder(code: str, found: Mapping[str, Any], law: Path) -> Finder:
    told = dict(found)
    shape = SHAPES.get(told.pop("by", ""))
    if shape is None:
        raise CatalogueBroken(code=code, problem=f"нет такого способа; есть {', '.join(SHAPES)}")
    if shape is AgeFinder:
        told["ages"] = _ages(told, law)
    try:
        return shape(**told)
    except TypeError as problem:
        raise CatalogueBroken(code=code, problem=f"лишний или пропущенный ключ ({problem})") from problem


def _ages(told: dict[str, Any], law: Path) -> dict[str, list[AgeBand]]:
    if "months" in told:
        same = [AgeBand(told.pop("months"))]
        return {"M": same, "F": same}
    tables = yaml.safe_load((law / "parameters" / "retirement_age.yaml").read_text(encoding="utf-8"))["tables"]
    return {
        sex: [AgeBand(row["value"], row.get("from"), row.get("below")) for row in tables[name]["rows"]]
        for sex, name in told.pop("table").items()
    }
