"""What an editor offers while a measure is written: names with their titles, and what stands behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kazna.rules.documents.definitions import Definition
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.explain.reading import say_row
from kazna.rules.explain.wording import say
from kazna.rules.language.tokens import BUILTINS, KEYWORDS
from kazna.rules.language.types import Kind
from kazna.rules.library import Library
from kazna.rules.reference import function_notes

Sort = Literal["fact", "people", "parameter", "definition", "function", "keyword"]
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*")
COSTS = {"own": "есть у нас", "vitrine": "витрина", "request": "запрос ведомству", "citizen": "спросить гражданина"}
FIGURES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that may be written, with its title; `help`: Markdown shown beside it."""

    name: str
    sort: Sort
    title: str
    help: str


def offers(library: Library) -> Iterator[Offer]:
    """Every name of the library, then functions and keywords."""
    for name, fact in library.facts.items():
        yield Offer(name, "fact", fact.title, about_fact(fact))
    for name, relation in library.relations.items():
        yield Offer(name, "people", relation.title, about_relation(relation))
    for name, parameter in library.parameters.items():
        yield Offer(name, "parameter", parameter.title, about_parameter(parameter))
    for name, definition in library.definitions.items():
        yield Offer(name, "definition", definition.title, about_definition(definition))
    for note in function_notes():
        yield Offer(note.name, "function", note.usage, f"`{note.usage}`\n\n{note.meaning}")
    for name in sorted(KEYWORDS | BUILTINS):
        yield Offer(name, "keyword", "слово языка правил", "Слово языка правил, см. docs/reference/rule-language.md.")


def word_at(line: str, column: int) -> tuple[str, int, int]:
    """The name around a column (from 0) with its ends; empty where there is none."""
    for found in WORD.finditer(line):
        if found.start() <= column <= found.end():
            return found.group(), found.start(), found.end()
    return "", column, column


def about_fact(fact: FactDefinition) -> str:
    kind = fact.type
    lines = [f"**{fact.title}**", "", f"Вид: {kind.kind.value}{_range(fact)}."]
    if fact.labels:
        lines.append("Значения: " + "; ".join(f"`{word}` — {label}" for word, label in fact.labels.items()) + ".")
    lines.append(f"Источник: {fact.holder or 'гражданин'} ({COSTS.get(fact.cost, fact.cost)}).")
    if fact.plain.get("kind"):
        lines.append(f"Вид сведений: `{fact.plain['kind']}`.")
    if fact.question:
        lines.append(f"Вопрос: «{fact.question}»")
    return "\n".join(lines)


def _range(fact: FactDefinition) -> str:
    kind = fact.type
    if not kind.is_number:
        return ""
    is_money = kind.kind is Kind.MONEY
    return f", от {say(kind.lo, is_money=is_money)} до {say(kind.hi, is_money=is_money)} {fact.unit}".rstrip()


def about_parameter(parameter: Parameter) -> str:
    rows = sorted(parameter.all_rows(), key=lambda row: row.start, reverse=True)
    by = f", по ключу «{parameter.by}»" if parameter.by else ""
    lines = [f"**{parameter.title}**", "", f"Число закона: {parameter.type.kind.value}{by}.", ""]
    return "\n".join([*lines, *(f"- {say_row(parameter, row)}" for row in rows[:FIGURES_SHOWN])])


def about_definition(definition: Definition) -> str:
    lines = [f"**{definition.title}**", "", "Общее правило: назовите его в `uses`.", ""]
    for edition in definition.editions:
        dates = f"с {edition.start:%d.%m.%Y}: " if edition.start is not None else ""
        lines += [f"- {dates}`{entry.value}`" for entry in edition.values.values()]
    return "\n".join(lines)


def about_relation(relation: RelationDefinition) -> str:
    lines = [f"**{relation.title}**", "", f"Закон: {relation.law}", ""]
    lines += [f"- {part.title or part.id}" for part in relation.parts]
    names = ", ".join(f"`{relation.name}.{name}`" for name in relation.facts)
    return "\n".join([*lines, "", f"Сведения: {names}"])
