"""The vocabulary: every fact a rule may name, with its type, range, holder and question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.values import read_value
from kazna.rules.language.tokens import RESERVED
from kazna.rules.language.types import BOOL, BROKEN, DATE, Kind, Type, money, rate, series, text, whole
from kazna.rules.problems import Place

COSTS = ("own", "vitrine", "request", "citizen")
KEYS = (
    *("type", "title", "range", "values", "digits", "unit", "short", "question", "holder", "kind", "path", "of"),
    *("derive", "absent", "cost", "days", "fixed", "notes"),
)
TYPES = ("bool", "int", "rate", "money", "date", "enum", "series")
MOST_ROUBLES = {"money": 100_000_000, "series": 10_000_000}  # where no range is given


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """`labels`: declared word → how it is said in an explanation. `plain`: the entry for those who fetch facts."""

    name: str
    type: Type
    title: str
    short: str
    unit: str
    question: str
    holder: str
    cost: str
    days: int
    fixed: bool
    labels: Mapping[str, str]
    place: Place
    plain: Mapping[str, Any] = field(hash=False, compare=False)


def read_facts(findings: Findings, section: Entry) -> dict[str, FactDefinition]:
    """The definitions of a `facts:` section."""
    if not section.is_map:
        findings.add(section.place, "map_needed", "В facts нужны имена фактов с их описанием.")
        return {}
    return {
        name: _fact(findings, name, entry, section.key_places.get(name, entry.place)) for name, entry in section.items()
    }


def _fact(findings: Findings, name: str, entry: Entry, place: Place) -> FactDefinition:
    what = f"факт «{name}»"
    _check_name(findings, name, place)
    if not findings.only_keys(entry, KEYS, what):
        return FactDefinition(name, BROKEN, name, name, "", "", "", "own", 0, False, {}, place, {})
    labels = _labels(findings, entry.get("values"))
    title = findings.text(findings.needed(entry, "title", what)) or name
    holder, question = findings.text(entry.get("holder")), findings.text(entry.get("question"))
    if not holder and not question:
        findings.add(
            place,
            "no_source",
            f"Факт «{name}» негде взять.",
            "У него нет ни holder, ни question.",
            "Назовите ведомство или вопрос.",
        )
    days = findings.number(entry.get("days"))
    return FactDefinition(
        name=name,
        type=_type(findings, entry, what, tuple(labels)),
        title=title,
        short=findings.text(entry.get("short")) or lower_first(title),
        unit=findings.text(entry.get("unit")),
        question=question,
        holder=holder,
        cost=findings.word(findings.needed(entry, "cost", what), COSTS) or "own",
        days=int(days) if days is not None else 0,
        fixed=findings.flag(entry.get("fixed")),
        labels=labels,
        place=place,
        plain=entry.plain(),
    )


def lower_first(title: str) -> str:
    """«Дата рождения» → «дата рождения», but «СНИЛС» stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _check_name(findings: Findings, name: str, place: Place) -> None:
    owner, _, short = name.partition(".")
    words = {owner, *short.split(".")} - {""}
    if not all(word.isascii() and word.isidentifier() for word in words) or not short:
        findings.add(
            place,
            "fact_name",
            f"Имя факта «{name}» не годится.",
            what_to_do="Пишите роль.факт латиницей: child.birth_date.",
        )
    elif owner in RESERVED:
        findings.add(place, "reserved", f"Слово «{owner}» занято языком правил.", what_to_do="Выберите другое имя.")


def _labels(findings: Findings, values: Entry | None) -> dict[str, str]:
    if values is None:
        return {}
    if values.is_map:
        return {word: findings.text(label) for word, label in values.items()}
    return {word: word for word in findings.words(values)}


def _type(findings: Findings, entry: Entry, what: str, values: tuple[str, ...]) -> Type:
    word = findings.word(findings.needed(entry, "type", what), TYPES)
    if word == "bool":
        return BOOL
    if word == "date":
        return DATE
    if word == "enum":
        if not values:
            findings.add(
                entry.place, "values_needed", f"Не объявлены значения: {what}.", what_to_do="Добавьте values: [a, b]."
            )
        return text(values)
    return _number_type(findings, entry, what, word) if word else BROKEN


def _number_type(findings: Findings, entry: Entry, what: str, word: str) -> Type:
    digits = int(findings.number(entry.get("digits")) or 3)
    low, high = _range(findings, entry, what, word)
    if word == "int":
        return whole(int(low), int(high))
    if word == "series":
        return series(low, high)
    return money(low, high) if word == "money" else rate(low, high, 10**digits)


def _range(findings: Findings, entry: Entry, what: str, word: str) -> tuple[Fraction, Fraction]:
    given = entry.get("range")
    if given is None:
        if word not in MOST_ROUBLES:
            findings.add(
                entry.place,
                "range_needed",
                f"Нужен range: {what}.",
                "Без границ нельзя проверить переполнение.",
                "Добавьте range: [0, 100].",
            )
        return Fraction(0), Fraction(MOST_ROUBLES.get(word, 0) * 100)
    ends = [read_value(findings, part, Type(_KINDS[word])) for part in given.parts()]
    if len(ends) != 2 or any(isinstance(end, str) for end in ends):
        findings.add(given.place, "range_shape", "В range нужны два числа.", what_to_do="Пишите range: [0, 100].")
        return Fraction(0), Fraction(0)
    low, high = (Fraction(end) if isinstance(end, (int, Fraction)) else Fraction(0) for end in ends)
    if low > high:
        findings.add(given.place, "range_order", "Начало range больше конца.", what_to_do="Поменяйте числа местами.")
    return min(low, high), max(low, high)


_KINDS = {"int": Kind.INT, "rate": Kind.RATE, "money": Kind.MONEY, "series": Kind.MONEY}
