"""The scene of a calculator: a worked example of the law with the visitor's answers put in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kazna.rules import Edition, Situation
from kazna.rules.documents.example import Example
from kazna.rules.explain.wording import say_fact

APPLIED = "application.date"
NEVER = "never"
REMARK = re.compile(r" \([^()]*never[^()]*\)")  # to those who write facts, not to people


def scene_of(
    document: Mapping[str, Any], example: Example, answers: Sequence[tuple[Mapping[str, Any], Any]], on: date
) -> Situation:
    """People are counted first, then facts and incomes are told about all of them."""
    facts: dict[str, Any] = {**example.situation.facts, APPLIED: on}
    facts.update(dict.fromkeys(document.get("today", ()), on))
    facts.update({name: date.max if one == NEVER else one for name, one in document.get("given", {}).items()})
    people = {name: [dict(row) for row in rows or ()] for name, rows in example.situation.relations.items()}
    for plain, value in sorted(answers, key=lambda pair: "people" not in pair[0]):
        if "people" in plain:
            people[plain["people"]] = _as_many(people[plain["people"]], plain["tie"], value)
        elif "member" in plain:
            _tell(people[plain["member"]], plain["tie"], plain["fields"], value * plain.get("times", 1))
        else:
            facts[plain["fact"]] = value
        for place in plain.get("same", ()):
            _repeat(place, value, facts, people)
    return Situation(facts, people)


def answered(document: Mapping[str, Any]) -> set[str]:
    """Facts that were asked or are the day itself: the rest is assumed."""
    told = {APPLIED, *document.get("today", ())}
    for plain in document["ask"]:
        told.update((plain.get("fact", ""), *plain.get("same", ())))
    return told


def assumed(edition: Edition, scene: Situation, told: set[str]) -> Iterator[tuple[str, str]]:
    """(title, value in words) of each fact taken from the example."""
    for name in edition.fact_names:
        value = scene.facts.get(name)
        if name not in told and value is not None:
            yield REMARK.sub("", edition.facts[name].title), say_fact(edition.facts[name], value)


def _as_many(rows: list[dict[str, Any]], tie: str, count: int) -> list[dict[str, Any]]:
    """As many people of the tie as said, each like the first of the example."""
    first = next(row for row in rows if row["tie"] == tie)
    return [row for row in rows if row["tie"] != tie] + [dict(first) for _ in range(count)]


def _tell(rows: list[dict[str, Any]], tie: str, fields: Sequence[str], value: Any) -> None:
    for row in rows:
        if row["tie"] == tie:
            row.update(dict.fromkeys(fields, value))


def _repeat(place: str, value: Any, facts: dict[str, Any], people: dict[str, list[dict[str, Any]]]) -> None:
    """`person.other_fact`, or `relation.tie.field` of the first person of the tie."""
    relation, _, rest = place.partition(".")
    tie, dot, field = rest.partition(".")
    if not dot:
        facts[place] = value
        return
    _tell([next(row for row in people[relation] if row["tie"] == tie)], tie, [field], value)
