"""Rows of a CSV or XLSX export, one at a time in bounded memory; broken rows are told, bombs are refused."""

from __future__ import annotations

import codecs
import csv
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kazna.contexts.registers.legacy.errors import SourceRefused

LARGEST_CELL = 100_000  # characters
MOST_COLUMNS = 500
LARGEST_UNPACKED = 4 * 1024**3  # bytes of an XLSX
LARGEST_TEXTS = 512 * 1024**2  # of its shared strings, which are kept in memory
MOST_TIMES = 200  # packed so much smaller it is a bomb
SAMPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`cells`: column → text, empty when blank. `problem` is said when the row as a whole cannot be read."""

    number: int
    cells: Mapping[str, str]
    problem: str = ""


def rows(path: Path, told: Mapping[str, Any]) -> Iterator[SourceRow]:
    """The first is the heading's row: number 1 and the names of columns as cells. Raises SourceRefused."""
    if path.suffix.lower() in (".xlsx", ".xlsm") or told.get("kind") == "xlsx":
        yield from _of_book(path, told)
    else:
        yield from _of_text(path, told)


def encoding_of(path: Path, wanted: str) -> str:
    """UTF-8 or windows-1251, as found in the beginning of the file; another than the one stated is refused."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in sample[:1000]:
        raise SourceRefused(name=path.name, why="кодировка UTF-16 или это не текст; сохраните как CSV в UTF-8")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        found = "utf-8-sig"
    except UnicodeDecodeError:
        found = "cp1251"
    if wanted == "utf-8" and found != "utf-8-sig":
        raise SourceRefused(
            name=path.name, why="не UTF-8, похоже на windows-1251; в карте напишите file: {encoding: cp1251}"
        )
    return "cp1251" if wanted == "cp1251" and not sample.isascii() and found == "cp1251" else found


def _of_text(path: Path, told: Mapping[str, Any]) -> Iterator[SourceRow]:
    encoding = encoding_of(path, told.get("encoding", "auto"))
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as text:
        reader = csv.reader(text, delimiter=told.get("delimiter", ";"), strict=True)
        try:
            heading = next(reader, [])
        except csv.Error as error:
            raise SourceRefused(name=path.name, why=f"заголовок не читается ({error})") from None
        names = _heading(path, heading)
        yield SourceRow(1, dict.fromkeys(names, ""))
        number = 1
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield SourceRow(number, {}, f"строка не читается как CSV ({error})")
                continue
            if cells:
                yield _row(number, names, [cell.strip() for cell in cells])


def _of_book(path: Path, told: Mapping[str, Any]) -> Iterator[SourceRow]:
    _refuse_bombs(path)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        sheet = book[told["sheet"]] if "sheet" in told else book.worksheets[0]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
        raise SourceRefused(name=path.name, why="это не XLSX или в нём нет такого листа") from None
    lines = sheet.iter_rows(values_only=True)
    names = _heading(path, [_plain(one) for one in next(lines, ())])
    yield SourceRow(1, dict.fromkeys(names, ""))
    for number, line in enumerate(lines, start=2):
        cells = [_plain(one) for one in line[: len(names)]]
        if any(cells):
            yield _row(number, names, cells + [""] * (len(names) - len(cells)))
    book.close()


def _refuse_bombs(path: Path) -> None:
    """By the sizes its own list tells; a list that lies breaks reading later."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError):
        raise SourceRefused(name=path.name, why="это не XLSX") from None
    unpacked = sum(one.file_size for one in entries)
    texts = sum(one.file_size for one in entries if "sharedStrings" in one.filename)
    is_bomb = unpacked > 50_000_000 and unpacked > MOST_TIMES * max(path.stat().st_size, 1)
    if unpacked > LARGEST_UNPACKED or texts > LARGEST_TEXTS or len(entries) > 5000 or is_bomb:
        raise SourceRefused(name=path.name, why="внутри архива слишком много: сохраните таблицу как CSV")


def _heading(path: Path, cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or len(names) > MOST_COLUMNS:
        raise SourceRefused(name=path.name, why="в первой строке нет названий столбцов или их больше 500")
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SourceRefused(name=path.name, why=f"столбец «{twice[:60]}» назван дважды")
    return names


def _row(number: int, names: list[str], cells: list[str]) -> SourceRow:
    if len(cells) != len(names):
        return SourceRow(number, {}, f"ячеек {len(cells)}, а столбцов {len(names)}: сбит разделитель или кавычки")
    return SourceRow(number, dict(zip(names, cells, strict=True)))


def _plain(value: Any) -> str:
    """A cell of a sheet as text: days as 2026-03-05, numbers without a tail of zeros."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value).strip()
