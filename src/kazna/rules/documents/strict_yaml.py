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
from yaml import events

from kazna.rules.documents.entries import Entry, Scalar, Spot
from kazna.rules.documents.yaml_words import explained
from kazna.rules.problems import Place, Problem

LARGEST_FILE = 2_000_000  # bytes
MOST_VALUES = 200_000
DEEPEST = 40
WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
POINT = re.compile(r"-?\d{1,18}\.\d{1,12}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TYPED = frozenset("0123456789-tfn~")  # what a bare word that is no text begins with
NEXT_KEY = re.compile(r"^[A-Za-z_\"']", re.MULTILINE)
NULLS = frozenset({"", "~", "null"})
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The file is not a YAML the engine accepts; carries the one Problem."""

    def __init__(self, place: Place, what: str, why: str = "", what_to_do: str = "") -> None:
        self.problem = Problem(place, "yaml", what, why, what_to_do)
        super().__init__(str(self.problem))


def read_text(path: Path, *, name: str) -> str:
    """The text of a file; `name` is how the file is called in messages. Raises Unreadable."""
    start = Place(name, 1, 1)
    content = path.read_bytes()
    if len(content) > LARGEST_FILE:
        raise Unreadable(start, "Файл слишком велик.", f"{len(content)} байт.", "Разделите его на несколько.")
    if content.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(
            start, "Файл начинается с невидимого знака (BOM).", "", "Сохраните его в UTF-8 без BOM (без подписи)."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(
            Place(name, line, 1), "Файл не в кодировке UTF-8.", f"Непонятен байт {error.start + 1}.",
            "Сохраните его в UTF-8.",
        ) from None  # fmt: skip


def read_yaml(path: Path, *, name: str) -> Entry:
    """The document of a file. Raises Unreadable."""
    return parse_yaml(read_text(path, name=name), name=name)


def parse_yaml(text: str, *, name: str) -> Entry:
    """The document of a text. Raises Unreadable."""
    _check_signs(text, name)
    loader = LOADER(text)
    try:
        return _Reading(text, name, loader).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        raise Unreadable(place, "YAML не читается.", *explained(error.problem or "")) from None
    finally:
        loader.dispose()


def parse_without(key: str, text: str, *, name: str) -> tuple[Entry, bool]:
    """The document of a text with one top key left out, and whether it was: it may be long and seldom wanted.

    Lines stay where they were. The whole is read when the key cannot be cut out by its look alone.
    """
    found = list(re.finditer(rf"^{key}:", text, re.MULTILINE))
    if len(found) == 1:
        start = found[0].start()
        next_key = NEXT_KEY.search(text, found[0].end())
        end = next_key.start() if next_key is not None else len(text)
        rest = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
        try:
            return parse_yaml(rest, name=name), True
        except Unreadable:
            pass  # the rest leans on an anchor of the part, or is broken itself: the whole text will tell
    return parse_yaml(text, name=name), False


def _check_signs(text: str, name: str) -> None:
    """No character that YAML forbids; raises Unreadable at the first one."""
    match = FORBIDDEN.search(text)
    if match is not None:
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        raise Unreadable(
            Place(name, line, column), "В тексте непечатный знак.", f"Код U+{ord(match.group()):04X}.", "Уберите его."
        )


class _Reading:
    """Builds entries straight from the events of the parser, in one pass."""

    def __init__(self, text: str, name: str, loader: Any) -> None:
        self.text, self.name, self.next = text, name, loader.get_event
        self.anchors: dict[str, Entry | None] = {}  # None while the anchored value is being read

    def place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def document(self) -> Entry:
        self.next()
        event = self.next()
        if isinstance(event, events.StreamEndEvent):
            raise Unreadable(Place(self.name, 1, 1), "Файл пуст.", "", "Напишите документ или удалите файл.")
        result = self.entry(self.next(), 0)
        self.next()
        event = self.next()
        if not isinstance(event, events.StreamEndEvent):
            raise Unreadable(
                self.place(event), "В файле больше одного документа.", "Строка --- начинает новый.",
                "Разложите документы по файлам.",
            )  # fmt: skip
        if result.value is None and not result.raw.strip():
            raise Unreadable(Place(self.name, 1, 1), "Файл пуст.", "", "Напишите документ или удалите файл.")
        return result

    def entry(self, event: Any, depth: int) -> Entry:
        if type(event) is events.AliasEvent:
            return self.alias(event)
        if depth > DEEPEST:
            raise Unreadable(self.place(event), "Слишком глубокая вложенность.", "", "Упростите документ.")
        if event.tag is not None and event.tag != "!":
            raise Unreadable(self.place(event), f"Метка «{event.tag}» не нужна.", "", "Уберите слово с «!».")
        anchor = event.anchor
        if anchor is not None:
            if anchor in self.anchors:
                raise Unreadable(self.place(event), f"Якорь «{anchor}» уже есть.", "", "Назовите его иначе.")
            self.anchors[anchor] = None
        start, end = event.start_mark, event.end_mark
        if type(event) is events.ScalarEvent:
            raw = self.text[start.index : end.index]
            result = Entry(event.value if event.style else self.scalar(event), (self.name, start), raw)
        else:
            is_map = type(event) is events.MappingStartEvent
            result = self.mapping(event, depth) if is_map else self.sequence(event, depth)
            if result.size > MOST_VALUES:
                raise Unreadable(
                    self.place(event), "Слишком много значений.", "Якоря размножают их без меры.", "Уберите якоря."
                )
        if anchor is not None:
            self.anchors[anchor] = result
        return result

    def alias(self, event: Any) -> Entry:
        if event.anchor not in self.anchors:
            raise Unreadable(
                self.place(event), f"Якоря «{event.anchor}» выше нет.", "", f"Поставьте &{event.anchor} у значения."
            )
        found = self.anchors[event.anchor]
        if found is None:
            raise Unreadable(self.place(event), "Ссылка ведёт сама в себя.", "", "Уберите *ссылку внутри её якоря.")
        return found

    def scalar(self, event: Any) -> Scalar:
        """A bare word: its look decides its type."""
        word: str = event.value
        if word and word[0] not in TYPED:
            return word
        if word in NULLS:
            return None
        if word in ("true", "false"):
            return word == "true"
        if WHOLE.fullmatch(word):
            return int(word)
        if POINT.fullmatch(word):
            return Decimal(word)
        if DAY.fullmatch(word):
            try:
                return date.fromisoformat(word)
            except ValueError:
                raise Unreadable(self.place(event), f"Такого дня нет: {word}.", "", "Исправьте дату.") from None
        return word

    def sequence(self, start: Any, depth: int) -> Entry:
        parts: list[Entry] = []
        size = 1
        while type(event := self.next()) is not events.SequenceEndEvent:
            part = self.entry(event, depth + 1)
            size += part.size
            parts.append(part)
        return Entry(parts, (self.name, start.start_mark), size=size)

    def mapping(self, start: Any, depth: int) -> Entry:
        own: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        places: dict[str, Spot] = {}
        size = 1
        while type(event := self.next()) is not events.MappingEndEvent:
            if type(event) is not events.ScalarEvent:
                raise Unreadable(self.place(event), "Ключ должен быть словом.", "", "Возьмите его в кавычки.")
            key = event.value
            if key == "<<" and not event.style:
                self.merge(self.entry(self.next(), depth + 1), merged)
                continue
            if key in own:
                raise Unreadable(
                    self.place(event),
                    f"Ключ «{key}» повторяется.",
                    "Второе значение молча заменило бы первое.",
                    "Оставьте один.",
                )
            places[key] = (self.name, event.start_mark)
            own[key] = self.entry(self.next(), depth + 1)
        values = {**merged, **own} if merged else own
        for part in values.values():
            size += part.size
        return Entry(values, (self.name, start.start_mark), keys=places, size=size)

    def merge(self, given: Entry, merged: dict[str, Entry]) -> None:
        for entry in given.parts() if given.is_list else [given]:
            if not entry.is_map:
                raise Unreadable(entry.place, "«<<» принимает только набор ключей.", "", "Сошлитесь на якорь набора.")
            for key, value in entry.value.items():
                merged.setdefault(key, value)
