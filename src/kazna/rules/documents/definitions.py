"""Shared definitions: rules written once and used by many measures.

Here they are only read; their expressions get names and types in the scope of each measure that uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from kazna.rules.documents.card import LAW_KEYS
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.language.parsing import parse
from kazna.rules.language.tokens import RESERVED, Mistake
from kazna.rules.problems import Place, near_miss, until

KEYS = ("title", "law", "place", "value", "by", "editions", "notes")
EDITION_KEYS = ("from", "to", "law", "place", "value", "notes")
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class DefinitionEdition:
    """`start`..`end` inclusive, None open. `values`: region (or «default») → expression."""

    start: date | None
    end: date | None
    values: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Definition:
    """`laws`: the cited acts by key. `names`: every name its expressions mention. `plain`: the entry, for digests."""

    name: str
    title: str
    citation: tuple[str, ...]
    article: str
    laws: Mapping[str, Mapping[str, object]]
    editions: tuple[DefinitionEdition, ...]
    names: frozenset[str]
    place: Place
    plain: Any


def read_definitions(
    findings: Findings, section: Entry, laws: Mapping[str, Mapping[str, object]]
) -> dict[str, Definition]:
    """The definitions of one file; `laws`: its own acts."""
    found = {}
    for name, entry in section.items():
        place = section.key_places.get(name, entry.place)
        what = f"определение «{name}»"
        if name in RESERVED or not (name.isascii() and name.isidentifier()):
            findings.add(place, "name_taken", f"Имя «{name}» занято или не годится.", what_to_do="Выберите другое.")
        elif findings.only_keys(entry, KEYS, what):
            found[name] = _definition(findings, name, entry, place, laws)
    return found


def read_file_laws(findings: Findings, section: Entry) -> dict[str, Mapping[str, object]]:
    """The acts of a file of definitions, by key."""
    laws: dict[str, Mapping[str, object]] = {}
    for key, law in section.items():
        if findings.only_keys(law, LAW_KEYS, f"закон «{key}»"):
            findings.text(findings.needed(law, "act", f"закон «{key}»"))
            laws[key] = law.plain()
    return laws


def _definition(
    findings: Findings, name: str, entry: Entry, place: Place, laws: Mapping[str, Mapping[str, object]]
) -> Definition:
    what = f"определение «{name}»"
    title = findings.text(findings.needed(entry, "title", what)) or name
    section, by_region = entry.get("editions"), _by_region(findings, entry, what)
    cited = [entry.get("law")]
    if section is None:
        findings.needed(entry, "value", what)
        editions = [DefinitionEdition(None, None, _values(findings, entry, by_region, what))]
    elif not section.is_list or not section.parts():
        findings.add(section.place, "list_needed", f"Здесь нужен список редакций: {what}.")
        editions = []
    else:
        parts = [part for part in section.parts() if findings.only_keys(part, EDITION_KEYS, f"редакция, {what}")]
        editions = [_edition(findings, part, by_region, what) for part in parts]
        cited += [part.get("law") for part in parts]
        _check_dates(findings, editions, [part.place for part in parts], what)
    if entry.get("value") is not None and section is not None:
        findings.add(entry.place, "value_shape", f"Или value, или editions: {what}.", what_to_do="Оставьте одно.")
    keys = _citation(findings, [part for part in cited if part is not None], laws, place, what)
    return Definition(
        name=name,
        title=title,
        citation=keys,
        article=findings.text(entry.get("place")),
        laws={key: laws[key] for key in keys if key in laws},
        editions=tuple(editions),
        names=frozenset().union(*(_names(value) for edition in editions for value in edition.values.values())),
        place=place,
        plain=entry.plain(),
    )


def _by_region(findings: Findings, entry: Entry, what: str) -> bool:
    by = entry.get("by")
    if by is not None and by.value != "region":
        findings.add(by.place, "not_allowed", f"Определения бывают by: region: {what}.", what_to_do="Исправьте by.")
    return by is not None


def _edition(findings: Findings, entry: Entry, by_region: bool, what: str) -> DefinitionEdition:
    start = findings.day(findings.needed(entry, "from", f"редакция, {what}"))
    end = findings.day(entry.get("to"))
    findings.needed(entry, "value", f"редакция, {what}")
    return DefinitionEdition(start, end, _values(findings, entry, by_region, what))


def _values(findings: Findings, entry: Entry, by_region: bool, what: str) -> dict[str, Entry]:
    value = entry.get("value")
    if value is None:
        return {}
    if value.is_map != by_region:
        advice = "Дайте {default: …, '77': …}." if by_region else "Добавьте by: region или дайте одно выражение."
        findings.add(value.place, "value_shape", f"Значение не того вида: {what}.", what_to_do=advice)
        return {}
    if not by_region:
        return {DEFAULT: value}
    if DEFAULT not in value.value:
        findings.add(
            value.place, "no_default", f"Нет ключа default: {what}.", "Для остальных регионов не из чего выбрать.",
            "Добавьте default с общим правилом.",
        )  # fmt: skip
        return {}
    return dict(value.items())


def _citation(
    findings: Findings, sections: list[Entry], laws: Mapping[str, object], place: Place, what: str
) -> tuple[str, ...]:
    if not sections:
        findings.add(
            place, "no_citation", f"Нет ссылки на закон: {what}.", "Человек вправе знать, откуда это правило.",
            "Добавьте law: с ключом из раздела law этого файла.",
        )  # fmt: skip
    keys: dict[str, None] = {}
    for section in sections:
        for key in findings.words(section):
            keys[key] = None
            if key not in laws:
                findings.add(
                    section.place, "unknown_law", f"В разделе law нет «{key}».", what_to_do=near_miss(key, laws)
                )
    return tuple(keys)


def _names(value: Entry) -> set[str]:
    if not isinstance(value.value, str):
        return set()
    try:
        return {name.word() for name in parse(value.value).names()}
    except Mistake:
        return set()  # noted where the expression is typed


def _check_dates(findings: Findings, editions: list[DefinitionEdition], places: list[Place], what: str) -> None:
    """Editions stand in order; a day in two of them is an error, a day in none is suspicious."""
    for edition, place in zip(editions, places, strict=True):
        if edition.start and edition.end and edition.end < edition.start:
            findings.add(place, "dates_order", f"Редакция кончается раньше, чем началась: {what}.")
    for (before, _), (after, place) in pairwise(zip(editions, places, strict=True)):
        if before.start is None or after.start is None:
            continue
        if before.end is None or before.end >= after.start:
            findings.add(
                place, "overlap", f"Редакции накладываются: {what}.",
                f"Прежняя действует {until(before.end)}, эта — с {after.start}.",
                f"Закройте прежнюю днём {after.start - timedelta(days=1)}; редакции стоят по порядку.",
            )  # fmt: skip
        elif before.end + timedelta(days=1) != after.start:
            findings.add(
                place, "gap", f"Между редакциями пропуск: {what}.",
                f"Нет редакции с {before.end + timedelta(days=1)}, в эти дни ответ будет «неизвестно».",
                "Если закон и правда молчит, напишите об этом в notes.", "warning",
            )  # fmt: skip
