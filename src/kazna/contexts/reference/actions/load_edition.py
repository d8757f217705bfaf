"""Take in a dated file as the next edition of a classifier: check everything, then keep it whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kazna.contexts.reference import editions as shelf
from kazna.contexts.reference.catalogue import Classifier, classifier
from kazna.contexts.reference.editions import Edition, editions, start_of
from kazna.kernel.errors import DomainError

LARGEST = 64 * 1024 * 1024  # bytes; ОКТМО with all settlements is about 20 MB
MOST_REMARKS = 20


class EditionRefused(DomainError):
    """`remarks`: one readable sentence per mistake, with its line."""

    sentence = "Файл «{name}» не принят: {remarks}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """`is_new` False: the same file had been loaded before, nothing changed."""

    edition: Edition
    rows: int
    is_new: bool


def load_edition(path: Path, kind: str | None = None, start: date | None = None) -> Loaded:
    """Keep the file as an edition; kind and first day come from its name unless given.

    Raises EditionRefused with every mistake found; a repeated load of the same content changes nothing.
    """
    named = start_of(path.name)
    if named is None and (kind is None or start is None):
        raise _refused(path, ["имя файла — вид_год-месяц-день.csv, например okved2_2027-01-01.csv"])
    described = classifier(kind or named[0]) if named else classifier(kind or "")
    first_day = start or (named[1] if named else date.min)
    content = _content(path)
    rows = _checked(path, described, content)
    return _keep(path, described.kind, first_day, content, len(rows))


def _content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise _refused(path, [f"больше {LARGEST // 1024 // 1024} МБ"])
    return path.read_bytes()


def _checked(path: Path, described: Classifier, content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path, [f"не UTF-8 (байт {error.start})"]) from None
    if "\0" in text:
        raise _refused(path, ["в тексте нулевой байт: это не таблица CSV"])
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        found, columns = list(reader), reader.fieldnames or []
    except csv.Error as error:
        raise _refused(path, [f"строка {reader.line_num}: не читается ({error})"]) from None
    lacking = [name for name in described.all_columns if name not in columns]
    if lacking:
        raise _refused(path, [f"нет столбцов: {', '.join(lacking)}"])
    remarks = _remarks(described, found)
    if remarks:
        raise _refused(path, remarks)
    return found


def _remarks(described: Classifier, rows: list[dict[str, str]]) -> list[str]:
    """Mistakes of rows; line 1 is the heading."""
    remarks = [] if rows else ["нет ни одной строки"]
    lines: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        code = row[described.key]
        if None in row or None in row.values():
            remarks.append(f"строка {line}: не то число столбцов")
        elif not code or not row[described.label]:
            remarks.append(f"строка {line}: пустой код или название")
        elif code in lines:
            remarks.append(f"строка {line}: код «{code}» уже стоит в строке {lines[code]}")
        elif described.is_own and not code.startswith("own_"):
            remarks.append(f"строка {line}: код «{code}» без own_, а официального содержания у нас нет")
        elif described.pattern and not re.fullmatch(described.pattern, code):
            remarks.append(f"строка {line}: код «{code[:40]}» не по образцу {described.pattern}")
        lines.setdefault(code, line)
    if described.is_tree and not remarks:
        remarks += _orphans(described, rows, lines)
    return remarks


def _orphans(described: Classifier, rows: list[dict[str, str]], lines: dict[str, int]) -> list[str]:
    """Parents that are not there, and circles."""
    parents = {row[described.key]: row["parent"] for row in rows}
    found = [
        f"строка {lines[code]}: вышестоящего кода «{parent}» нет" for code, parent in parents.items()
        if parent and parent not in parents
    ]  # fmt: skip
    rooted: set[str] = {""}
    for code in parents:
        path: list[str] = []
        here = code
        while here not in rooted and here in parents and here not in path:
            path.append(here)
            here = parents[here]
        if here in path:
            found.append(f"строка {lines[code]}: «{code}» выше самого себя")
        rooted.update(path)
    return found


def _keep(path: Path, kind: str, start: date, content: bytes, count: int) -> Loaded:
    """Write beside and rename, so that a reader sees the old shelf or the new one."""
    for edition in editions(kind):
        if edition.start == start:
            if edition.path.read_bytes() == content:
                return Loaded(edition, count, is_new=False)
            raise _refused(path, [f"редакция с {start} уже есть с другим содержанием; дайте новой другой день"])
    shelf.LOADED.mkdir(parents=True, exist_ok=True)
    target = shelf.LOADED / f"{kind}_{start.isoformat()}.csv"
    beside = target.with_suffix(".part")
    beside.write_bytes(content)
    os.replace(beside, target)
    (edition,) = (edition for edition in editions(kind) if edition.start == start)
    return Loaded(edition, count, is_new=True)


def _refused(path: Path, remarks: list[str]) -> EditionRefused:
    shown = "; ".join(remarks[:MOST_REMARKS])
    more = len(remarks) - MOST_REMARKS
    return EditionRefused(name=path.name, remarks=f"{shown}; и ещё {more}." if more > 0 else f"{shown}.")
