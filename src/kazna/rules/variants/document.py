"""One variant as a document of law: criteria, amount rule, passport and examples of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from kazna.rules.variants.amounts import FREQUENCIES, AmountRule, draw_rule
from kazna.rules.variants.criteria import (
    AGES,
    BANDS,
    DISABILITIES,
    INCOMES,
    ON,
    STATUSES,
    Criterion,
    of_children,
    of_income,
    of_place,
    of_residence,
)
from kazna.rules.variants.territory import Territory

START = date(2025, 1, 1)
PERIODS = ("month", "month", "month", "once", "year")
WORDS = {"month": "в месяц", "once": "один раз", "year": "в год"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A document ready to be written, with the parameters it brings."""

    id: str
    document: dict[str, Any]
    rule: AmountRule


def draw_variant(random: Random, place: Territory, number: int, municipality: str, settled: int) -> Variant:
    """The `number`-th variant of a region. `settled`: months of residence the region asks for; 0 asks for none."""
    identity = f"m{municipality}-v{number:04d}" if municipality else f"r{place.code}-v{number:04d}"
    name = random.choices(tuple(FREQUENCIES), tuple(FREQUENCIES.values()))[0]
    other = next(code for code in place.municipalities if code != municipality)
    criteria = [of_place(place.code, municipality, other=other)]
    if settled:
        criteria.append(of_residence(settled))
    criteria += _audience(random, name)
    if name != "DIFFERENCE_TO_PM" and random.random() < 0.35:
        criteria.append(of_income(random.choice(tuple(INCOMES)), place.minimum["pm_per_capita"]))
    rule = draw_rule(name, random, place, criteria, f"v{place.code}_{number:04d}")
    if rule.condition is not None:
        criteria.append(rule.condition)
    return Variant(identity, _document(random, place, identity, number, municipality, criteria, rule), rule)


def _audience(random: Random, rule: str) -> list[Criterion]:
    """Who the measure is for: children and their number, or age, status and disability of the person."""
    if rule == "PERCENT_OF_FEE" or random.random() < 0.45:
        band = random.choice((*BANDS, None))
        return of_children(band, random.choice((1, 2, 3, 3, 3, 4, 5)) if band else random.choice((2, 3, 3, 3, 4, 5)))
    drawn = [random.choice(part) for part in (AGES, STATUSES, DISABILITIES) if random.random() < 0.6]
    return drawn or [random.choice(STATUSES)]


def _document(
    random: Random, place: Territory, identity: str, number: int, municipality: str,
    criteria: Sequence[Criterion], rule: AmountRule,
) -> dict[str, Any]:  # fmt: skip
    period = random.choice(PERIODS) if rule.form == "cash" else "year"
    act = "Решение представительного органа" if municipality else "Закон субъекта"
    uses = dict.fromkeys((*(used for criterion in criteria for used in criterion.uses), *rule.uses))
    document: dict[str, Any] = {
        "measure": identity,
        "code": f"V{place.code}-{number:04d}",
        "title": f"{rule.word} № {number} ({place.title})",
        "kind": rule.kind,
        "level": "municipality" if municipality else "region",
        "region": place.code,
        **({"municipality": municipality} if municipality else {}),
        "form": rule.form,
        "decided_for": "person",
        "paid_to": "person",
        "period": period,
        "edition": {"from": START, "to": None, "text": "вариант для испытаний"},
        "law": {"act": {"act": f"{act} № {number} (условный)", "place": "условия и размер", "verified": False,
                        "source": "придуман для испытаний"}},
        "governing_date": "application.date",
        **({"uses": list(uses)} if uses else {}),
        **({"parameters": list(rule.parameters)} if rule.parameters else {}),
        "conditions": [_condition(criterion) for criterion in criteria],
        **({"amount": {"title": rule.title, "law": "act", "value": rule.value}} if rule.value else {}),
        "term": {"law": "act", "from": "month_start(application.date)",
                 "to": "add_days(add_years(month_start(application.date), 1), -1)"},
        "exclusions": [identity],
        "passport": _passport(random, identity, rule, period),
        "notes": [f"Правило размера: {rule.name}."],
        "unclear": ["Документ придуман для испытаний на большом числе мер; настоящего акта за ним нет."],
        "tests": list(_examples(criteria, rule)),
    }  # fmt: skip
    return document


def _condition(criterion: Criterion) -> dict[str, Any]:
    told = {"id": criterion.id, "title": criterion.title, "when": criterion.when, "law": "act"}
    return told | ({"refusal": criterion.refusal} if criterion.refusal else {})


def _passport(random: Random, identity: str, rule: AmountRule, period: str) -> dict[str, Any]:
    amount = f"{{amount}} {WORDS[period]}" if rule.value else "помощь"
    return {
        "regulation": "applied",
        "body": "dszn",
        "applicants": ["self"],
        "mode": random.choice(("proactive_notice", "application")),
        "decision_days": 10,
        "events": ["MOVE_REGION"],
        "ends_on": ["DEATH_CITIZEN", "MOVE_REGION"],
        "payment": {"first_within_working_days": 10},
        "egisso": {
            "measure_code": f"own_{identity}",
            "category": f"own_{identity}",
            "lmsz_id": str(UUID(int=random.getrandbits(128), version=4)),
            "category_id": str(UUID(int=random.getrandbits(128), version=4)),
        },
        "texts": {
            "granted": f"Вам назначено: {amount}.",
            "refused": "Не назначено. Причина: {reason}",
            "offer": f"Вам положено: {amount}. Нажмите «Согласен».",
        },
    }


def _examples(criteria: Sequence[Criterion], rule: AmountRule) -> list[dict[str, Any]]:
    """A grant, each condition as the only reason of a refusal, and an unknown fact."""
    given: dict[str, Any] = {"application.date": ON, **rule.given}
    for criterion in criteria:
        given |= criterion.given
    granted: dict[str, Any] = {"state": "granted"}
    if rule.expected is not None:
        granted["amount"] = rule.expected
    examples = [{"name": "назначено", "on": ON, "given": given, "expect": granted}]
    for criterion in criteria:
        refused = {"state": "refused", "because": [criterion.id]}
        examples.append(
            {
                "name": f"не выполнено: {criterion.title}",
                "on": ON,
                "given": {**given, **criterion.broken},
                "expect": refused,
            }
        )
        examples += _borders(given, criterion)
    last = criteria[-1] if criteria[-1].id != "children" else criteria[0]
    fact = list(last.given)[-1]
    unknown = {name: value for name, value in given.items() if name != fact}
    return [*examples, {"name": "сведений не хватает", "on": ON, "given": unknown, "expect": {"state": "unknown"}}]


def _borders(given: dict[str, Any], criterion: Criterion) -> list[dict[str, Any]]:
    """Both sides of the edges of the condition that the grant and the refusal do not show."""
    return [
        {
            "name": f"на границе {number}: {criterion.title}",
            "on": ON,
            "given": {**given, **facts},
            "expect": {"state": "granted"} if holds else {"state": "refused", "because": [criterion.id]},
        }
        for number, (facts, holds) in enumerate(criterion.borders, start=1)
    ]
