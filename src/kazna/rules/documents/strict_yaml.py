"""Read YAML as law needs it.

YAML 1.1 turns `on` and `no` into booleans, 640800.01 into a binary float and lets a repeated key win
silently. Here only true/false are booleans, numbers with a point stay exact, a date is a date, keys are
text, and a repeated key is an error. Anchors and `<<` are allowed, tags and recursion are not.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from kazna.rules.documents.entries import Entry, Scalar
from kazna.rules.problems import Place, Problem

LARGEST_FILE = 2_000_000  # bytes
MOST_VALUES = 200_000
DEEPEST = 40
WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
POINT = re.compile(r"-?\d{1,18}\.\d{1,12}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NULLS = frozenset({"", "~", "null"})
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{word}"
    for word in ["str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value"]
)
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The file is not a YAML the engine accepts; carries the one Problem."""

    def __init__(self, place: Place, what: str, why: str = "", what_to_do: str = "") -> None:
        self.problem = Problem(place, "yaml", what, why, what_to_do)
        super().__init__(str(self.problem))


def read_yaml(path: Path, *, name: str) -> Entry:
    """The document of a file; `name` is how the file is called in messages. Raises Unreadable."""
    start = Place(name, 1, 1)
    content = path.read_bytes()
    if len(content) > LARGEST_FILE:
        raise Unreadable(start, "Файл слишком велик.", f"{len(content)} байт.", "Разделите его на несколько.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(start, "Файл не в кодировке UTF-8.", str(error), "Сохраните его в UTF-8.") from None
    return parse_yaml(text, name=name)


def parse_yaml(text: str, *, name: str) -> Entry:
    """The document of a text. Raises Unreadable."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        raise Unreadable(
            place, "YAML не читается.", error.problem or "", "Проверьте отступы, кавычки и двоеточия."
        ) from None
    except yaml.YAMLError as error:
        raise Unreadable(Place(name, 1, 1), "YAML не читается.", str(error), "Уберите непечатные знаки.") from None
    if node is None:
        raise Unreadable(Place(name, 1, 1), "Файл пуст.", what_to_do="Напишите документ или удалите файл.")
    return _Reading(text, name).entry(node, 0)


def is_bare(node: yaml.ScalarNode) -> bool:
    """Written without quotes, so that its look decides its type (the C reader says "" for that)."""
    return not node.style


class _Reading:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.done: dict[int, Entry] = {}
        self.open: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def entry(self, node: yaml.Node, depth: int) -> Entry:
        if id(node) in self.done:
            return self.done[id(node)]
        if id(node) in self.open:
            raise Unreadable(
                self.place(node), "Ссылка ведёт сама в себя.", what_to_do="Уберите *ссылку внутри её якоря."
            )
        if depth > DEEPEST:
            raise Unreadable(self.place(node), "Слишком глубокая вложенность.")
        if node.tag not in PLAIN_TAGS:
            raise Unreadable(self.place(node), f"Метка «{node.tag}» не нужна.", what_to_do="Уберите слово с «!».")
        self.open.add(id(node))
        result = self.converted(node, depth)
        self.open.discard(id(node))
        if result.size > MOST_VALUES:
            raise Unreadable(self.place(node), "Слишком много значений.", "Якоря размножают их без меры.")
        self.done[id(node)] = result
        return result

    def converted(self, node: yaml.Node, depth: int) -> Entry:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            parts = [self.entry(part, depth + 1) for part in node.value]
            return Entry(parts, self.place(node), size=1 + sum(part.size for part in parts))
        assert isinstance(node, yaml.ScalarNode)
        raw = self.text[node.start_mark.index : node.end_mark.index]
        value = self.scalar(node) if is_bare(node) else node.value
        return Entry(value, self.place(node), raw=raw)

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        word = node.value
        if word in NULLS:
            return None
        if word in ("true", "false"):
            return bool(word == "true")
        if WHOLE.fullmatch(word):
            return int(word)
        if POINT.fullmatch(word):
            return Decimal(word)
        if DAY.fullmatch(word):
            try:
                return date.fromisoformat(word)
            except ValueError:
                raise Unreadable(self.place(node), f"Такого дня нет: {word}.", what_to_do="Исправьте дату.") from None
        return str(word)

    def mapping(self, node: yaml.MappingNode, depth: int) -> Entry:
        own: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise Unreadable(self.place(key_node), "Ключ должен быть словом.", what_to_do="Возьмите его в кавычки.")
            key = key_node.value
            if key == "<<" and is_bare(key_node):
                self.merge(value_node, merged, depth)
                continue
            if key in own:
                raise Unreadable(
                    self.place(key_node), f"Ключ «{key}» повторяется.", "Второе значение молча заменило бы первое.",
                    "Оставьте один.",
                )  # fmt: skip
            own[key] = self.entry(value_node, depth + 1)
            places[key] = self.place(key_node)
        values = {**merged, **own}
        return Entry(values, self.place(node), key_places=places, size=1 + sum(part.size for part in values.values()))

    def merge(self, node: yaml.Node, merged: dict[str, Entry], depth: int) -> None:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            entry = self.entry(part, depth + 1)
            if not entry.is_map:
                raise Unreadable(
                    self.place(part), "«<<» принимает только набор ключей.", what_to_do="Сошлитесь на якорь набора."
                )
            for key, value in entry.value.items():
                merged.setdefault(key, value)
