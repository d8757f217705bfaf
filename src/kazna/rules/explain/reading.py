"""A measure as a lawyer reads it: for whom, on what conditions, how much, how long, by which articles and figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kazna.rules.documents.parameters import Parameter, ParameterRow
from kazna.rules.edition import Edition, cited
from kazna.rules.explain.rendering import say_rule
from kazna.rules.explain.wording import say
from kazna.rules.language.types import Kind

LEVELS = {"federal": "федеральная", "region": "региональная", "municipality": "муниципальная"}
PERIODS = {"once": "один раз", "month": "каждый месяц", "year": "раз в год"}
UNITS = {"person": "о самом человеке", "child": "о ребёнке", "deceased": "об умершем"}
MOST_ROWS = 6
UNVERIFIED = " [не сверено с официальным текстом]"


def readable(edition: Edition, on: date | None = None) -> list[tuple[str, list[str]]]:
    """Sections as (heading, lines). `on`: only figures in force on the day; all the latest ones without it."""
    return [(heading, lines) for heading, lines in _sections(edition, on) if lines]


def _sections(edition: Edition, on: date | None) -> Iterator[tuple[str, list[str]]]:
    measure, document = edition.measure, edition.document
    yield "О мере", list(_card(edition))
    yield "Кому положено: все условия сразу", [_condition(edition, condition) for condition in measure.conditions]
    yield (
        "Что считается по дороге",
        [f"{step.title}: {say_rule(step.node, edition)}{_cite(edition, step)}." for step in measure.steps],
    )
    yield "Сколько", list(_amount(edition))
    yield "На какой срок", list(_term(edition))
    yield "Числа закона", [line for name in edition.parameter_names for line in _figures(edition, name, on)]
    yield "Законы", [_law(law) for law in edition.laws.values()]
    yield "Что неясно и как прочитано", [" ".join(str(line).split()) for line in document.get("unclear") or ()]


def _card(edition: Edition) -> Iterator[str]:
    document = edition.document
    region = f", регион {document['region']}" if document.get("region") else ""
    until = f"по {edition.end:%d.%m.%Y}" if edition.end is not None else "бессрочно"
    yield f"{edition.title}."
    yield f"Код {document['code']}, {LEVELS[str(document['level'])]}{region}; {PERIODS[str(document['period'])]}."
    governing = say_rule(edition.measure.governing, edition)
    yield f"Решается {UNITS[str(document['decided_for'])]}; закон берётся на день: {governing}."
    yield f"Редакция с {edition.start:%d.%m.%Y} {until}: {document['edition'].get('text') or 'без пояснения'}."


def _condition(edition: Edition, condition: Any) -> str:
    since = f" с {condition.since:%d.%m.%Y}" if condition.since else ""
    until = f" по {condition.until:%d.%m.%Y}" if condition.until else ""
    dates = f" Действует{since}{until}." if since or until else ""
    rule = say_rule(condition.node, edition)
    said = f": {rule}" if rule.lower() != condition.title.lower() else ""
    return f"{condition.title}{said}{_cite(edition, condition)}.{dates}"


def _cite(edition: Edition, part: Any) -> str:
    said = edition.cite(part.citation)
    return f" ({said})" if said else ""


def _amount(edition: Edition) -> Iterator[str]:
    amount = edition.measure.amount
    if amount is not None:
        yield f"{amount.title or 'Сумма'}: {say_rule(amount.node, edition)}{_cite(edition, amount)}."


def _term(edition: Edition) -> Iterator[str]:
    for word, part in (("С дня", edition.measure.term_from), ("По день", edition.measure.term_to)):
        if part is not None:
            yield f"{word}: {say_rule(part.node, edition)}{_cite(edition, part)}."


def _figures(edition: Edition, name: str, on: date | None) -> Iterator[str]:
    parameter = edition.parameters[name]
    key = str(edition.document.get("region") or "") if parameter.by == "region" else ""
    rows = [row for row in parameter.all_rows() if not key or row.key == key]
    chosen = [row for row in rows if on is None or row.holds(on)]
    latest = sorted(chosen, key=lambda row: row.start, reverse=True)[:MOST_ROWS]
    for row in latest:
        yield say_row(parameter, row)
    if len(chosen) > len(latest):
        yield f"{parameter.title}: и ещё строк {len(chosen) - len(latest)}."
    if not chosen:
        yield f"{parameter.title}: на этот день значения нет."


def say_row(parameter: Parameter, row: ParameterRow) -> str:
    """«Минимальная зарплата: 27 093,00 ₽ с 01.01.2026 по 31.12.2026 (закон)»."""
    key = f", {row.key}" if row.key is not None else ""
    until = f" по {row.end:%d.%m.%Y}" if row.end is not None else ""
    said = say(row.value, is_money=parameter.type.kind is Kind.MONEY)
    doubt = "" if row.verified else UNVERIFIED
    return f"{parameter.title}{key}: {said} с {row.start:%d.%m.%Y}{until} ({row.law}){doubt}."


def _law(law: Any) -> str:
    act, short = str(law.get("act", "")), cited(law, "")
    place = str(law.get("place") or "")
    doubt = "" if law.get("verified") is True else UNVERIFIED
    return f"{act}{f', {place}' if place else ''}{f' — {short}' if short.partition(',')[0] not in act else ''}{doubt}."
