"""Classifiers as the control needs them: sets of codes in force on a day."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from kazna.contexts.egisso.classifier.content import Content, of_message
from kazna.contexts.egisso.control.known import Classifiers
from kazna.contexts.egisso.messages.read import open_message
from kazna.kernel.places import FORMATS

OWN = FORMATS / "egisso" / "own"
LISTS = {"periodicity": "022", "criteria": "060", "oktmo": "020"}  # 060 is ours: the album gives criteria no code
ListRow = tuple[str, str, str, str, str]  # list, code, name, first day known, last day known ("" is open)


def sets_of(content: Content, version: str) -> Classifiers:
    """A version of КМСЗ as sets."""
    facets = content.facets
    return Classifiers(
        parts=frozenset(facets.get("partsKMSZ", {})),
        msz=frozenset(facets.get("reestrMSZ", {})),
        categories=frozenset(facets.get("listCategories", {})),
        levels=frozenset(facets.get("levelsNPA", {})),
        funding=frozenset(facets.get("fundingSources", {})),
        forms=frozenset(facets.get("provisionForms", {})),
        rules=frozenset(content.rules),
        pairs=frozenset((code.split(".")[0], code.split(".")[1]) for code in content.rules),
        version=version,
    )


def with_lists(found: Classifiers, rows: Iterable[ListRow], on: str) -> Classifiers:
    """The same with the simple lists as they are known on a day."""
    codes: dict[str, set[str]] = {name: set() for name in LISTS}
    for name, code, _, first, last in rows:
        if name in codes and first <= on and (not last or on <= last):
            codes[name].add(code)
    return replace(
        found,
        periodicity=frozenset(codes["periodicity"]),
        criteria=frozenset(codes["criteria"]),
        oktmo=frozenset(codes["oktmo"]) if codes["oktmo"] else own_regions(),
        whole_oktmo=bool(codes["oktmo"]),
    )


@cache
def own_content() -> Content:
    """Our own КМСЗ (own_): official structure, invented codes; in force until an official version is loaded."""
    _, records = open_message(OWN / "own_kmsz.xml")
    (record,) = records
    return of_message(record.ours["version"])


@cache
def own_lists() -> tuple[ListRow, ...]:
    """Our own periodicity and criteria of need (own_)."""
    return tuple(row for name in ("periodicity", "criteria") for row in read_list(OWN / f"own_{name}.csv", name))


@cache
def own_regions() -> frozenset[str]:
    """First two digits of ОКТМО of every region: enough to know a code by its region."""
    (path,) = sorted((FORMATS / "classifiers").glob("regions_*.csv"))[-1:]
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["oktmo"][:2] for row in csv.DictReader(file) if row["oktmo"])


def read_list(path: Path, name: str) -> list[ListRow]:
    """A CSV of code, name, and optionally known_from, known_to. Raises KeyError without a code column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (name, row["code"].strip(), row.get("name") or "", row.get("known_from") or "", row.get("known_to") or "")
            for row in csv.DictReader(file)
        ]
