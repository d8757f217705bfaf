"""Dates: editions follow one another, parameters cover the edition that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.edition import Edition
from kazna.rules.library import Library
from kazna.rules.problems import until

MOST_SHOWN = 10


def check_editions(findings: Findings, editions: Sequence[Edition]) -> None:
    """No day has two editions of a measure; a day without one between two is suspicious."""
    for before, after in pairwise(editions):
        place = after.measure.place
        if before.end is None or before.end >= after.start:
            findings.add(
                place, "overlap", f"Редакции меры «{after.id}» накладываются.",
                f"Прежняя действует {until(before.end)}, эта — с {after.start}.",
                f"Закройте прежнюю днём {after.start - timedelta(days=1)}.",
            )  # fmt: skip
        elif before.end + timedelta(days=1) != after.start:
            findings.add(
                place, "gap", f"Между редакциями меры «{after.id}» пропуск.",
                f"Нет редакции с {before.end + timedelta(days=1)}.",
                "Если закон и правда не действовал, напишите об этом в notes.", "warning",
            )  # fmt: skip


def check_parameters(findings: Findings, library: Library, edition: Edition) -> None:
    """A parameter that starts later or ends earlier than the edition leaves days when nothing can be decided."""
    for name in edition.parameter_names:
        parameter = library.parameters[name]
        for key in _keys(parameter, edition):
            rows = parameter.rows.get(key, ())
            if rows and rows[0].start > edition.start:
                _uncovered(findings, edition, parameter, f"до {rows[0].start}")
            if rows and rows[-1].end is not None and (edition.end is None or rows[-1].end < edition.end):
                _uncovered(findings, edition, parameter, f"после {rows[-1].end}")


def check_regions(findings: Findings, library: Library) -> None:
    """Of a parameter «by region» that measures for the whole country read: the regions without a row, once."""
    wanted: dict[str, set[str]] = {}
    for editions in library.measures.values():
        for edition in editions:
            if edition.document.get("region") is not None:
                continue
            fact = edition.facts.get(str(edition.document.get("region_fact"))) or _region_fact(edition)
            for name in edition.parameter_names:
                if fact is not None and library.parameters[name].by == "region":
                    wanted.setdefault(name, set()).update(fact.type.values)
    for name, regions in sorted(wanted.items()):
        parameter = library.parameters[name]
        lacking = sorted(regions - {str(key) for key in parameter.rows})
        if lacking:
            shown = ", ".join(lacking[:MOST_SHOWN]) + (" …" if len(lacking) > MOST_SHOWN else "")
            findings.add(
                parameter.place, "region_rows",
                f"У параметра «{name}» нет строк для регионов ({len(lacking)} из {len(regions)}): {shown}.",
                "Для их жителей ответ будет «неизвестно».", "Добавьте строки.", "warning",
            )  # fmt: skip


def _region_fact(edition: Edition) -> FactDefinition | None:
    return next((fact for name, fact in edition.facts.items() if name.endswith(".region")), None)


def _keys(parameter: Parameter, edition: Edition) -> list[str | None]:
    """The territory of a regional measure; for a federal one, only parameters without a key are checked."""
    if parameter.by is None:
        return [None]
    region = edition.document.get("region")
    return [str(region)] if parameter.by == "region" and region is not None else []


def _uncovered(findings: Findings, edition: Edition, parameter: Parameter, when: str) -> None:
    findings.add(
        edition.measure.place, "uncovered", f"Параметра «{parameter.name}» нет {when}, а редакция действует.",
        "В эти дни ответ будет «неизвестно».", "Добавьте строку параметра или сузьте редакцию.", "warning",
    )  # fmt: skip
