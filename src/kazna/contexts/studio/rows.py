"""Examples of a document as rows of a table: read with everything each one tells, changed ones written back.

A row that is not touched stays as it was written, with its anchors and remarks. A changed one, and those that lean on
it by an anchor, are written out in full, so that a change of one person changes nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from kazna.contexts.studio.blocks import quoted
from kazna.contexts.studio.contracts import NotReady
from kazna.contexts.studio.people import expected, tests_of
from kazna.rules.documents.strict_yaml import Unreadable
from kazna.rules.drafting import Draft

ITEM = re.compile(r"(?m)^[ ]{0,4}- ")
ANCHOR = re.compile(r"given:[ ]*&(\w+)")
TAIL = re.compile(r"(?:^[ ]*(?:#[^\n]*)?\n)*\Z", re.MULTILINE)
WORDS = {"да": True, "нет": False, "неизвестно": None}
NUMBER, DAY = re.compile(r"-?\d+([.,]\d+)?"), re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """`given`: fact or list of people → value. `told`: the whole example as the document has it."""

    name: str
    on: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    told: Mapping[str, Any]


def rows_of(draft: Draft) -> list[Row]:
    """The examples in their order. Raises NotReady where the text cannot be read."""
    if draft.edition is None:
        raise NotReady(why="Сначала исправьте ошибки в тексте: таблица показывает меру, которая читается.")
    try:
        entries = [one.plain() for one in draft.edition.measure.tests]
    except Unreadable as error:
        raise NotReady(why=str(error.problem)) from error
    if not all(isinstance(one, dict) and isinstance(one.get("given"), dict | None) for one in entries):
        raise NotReady(why="Среди примеров есть записанный не по правилам: исправьте его в тексте.")
    return [
        Row(str(one.get("name", "")), str(one.get("on", "")), one.get("given") or {}, one.get("expect") or {}, one)
        for one in entries
    ]


def shown_value(value: Any) -> str:
    """A value as a cell has it; lists of people as they stand in a document."""
    for word, meaning in WORDS.items():
        if value is meaning:
            return word
    return flow(value) if isinstance(value, dict | list) else str(value)


def typed_value(text: str) -> Any:
    """The value of a cell. Raises NotReady for a list that cannot be read."""
    text = " ".join(text.split())[:LONGEST]
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if text[:1] in ("[", "{"):
        try:
            return yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise NotReady(why=f"Не прочесть список «{text[:80]}»: проверьте скобки и запятые.") from error
    return Plain(text.replace(",", ".")) if NUMBER.fullmatch(text) or DAY.fullmatch(text) else text


class Plain(str):
    """Digits that stand in the document without quotes."""


def rewritten(text: str, rows: Sequence[Row], changes: Mapping[int, Row | None], added: Sequence[Row] = ()) -> str:
    """The document with some rows changed (None: dropped) and others added at the end. Raises NotReady."""
    start, end = tests_of(text)
    if not end:
        text = text.rstrip("\n") + "\n\ntests:\n"
        start = end = len(text)
    starts = [start + found.start() for found in ITEM.finditer(text[start:end])]
    if len(starts) != len(rows):
        raise NotReady(why="Примеры записаны в тексте не по строкам: правьте их в тексте.")
    parts = [text[one:other] for one, other in zip(starts, [*starts[1:], end], strict=True)]
    leaning = {place for changed in changes for place in _leaning(parts, changed)} - set(changes)
    whole = {**{place: rows[place] for place in leaning}, **changes}
    for place, row in whole.items():
        kept = ANCHOR.search(parts[place]) if place in leaning else None
        tail = TAIL.search(parts[place])
        parts[place] = (_written(row, kept[1] if kept else "") if row else "") + (tail[0] if tail else "")
    body = "".join(parts).rstrip("\n") + "\n" + "".join(_written(row) for row in added)
    return text[: starts[0] if starts else end] + body + text[end:]


def _leaning(parts: Sequence[str], changed: int) -> list[int]:
    anchor = ANCHOR.search(parts[changed])
    return [place for place, part in enumerate(parts) if anchor and re.search(rf"\*{anchor[1]}\b", part)]


def answered(row: Row, draft: Draft, place: int) -> Row:
    """The row expecting what the draft answers now."""
    outcome = draft.examples[place].outcome if place < len(draft.examples) else None
    if outcome is None:
        raise NotReady(why=f"Пример «{row.name}» не решается: сначала исправьте его.")
    told = yaml.load("{" + expected(outcome) + "}", Loader=yaml.BaseLoader)
    return Row(row.name, row.on, row.given, {key: _bare(value) for key, value in told.items()}, row.told)


def _bare(value: Any) -> Any:
    return [_bare(one) for one in value] if isinstance(value, list) else Plain(value)


def _written(row: Row, anchor: str = "") -> str:
    lines = [f"  - name: {quoted(row.name)}", f"    on: {row.on}", f"    given:{f' &{anchor}' if anchor else ''}"]
    lines += [f"      {name}: {flow(value)}" for name, value in row.given.items()]
    lines.append(f"    expect: {flow(dict(row.expect))}")
    other = {key: value for key, value in row.told.items() if key not in ("name", "on", "given", "expect")}
    return "\n".join([*lines, *(f"    {key}: {flow(value)}" for key, value in other.items())]) + "\n"


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str) and not isinstance(value, Plain):
        return "'" + value.replace("'", "''") + "'"
    return value.isoformat() if isinstance(value, date) else str(value)
