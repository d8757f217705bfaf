"""Own table formats: a zip with a manifest and CSV files, checked before a row is used."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.archive import MANIFEST
from kazna.contexts.integration.readers.refusals import unreadable

PIECE = 1 << 20
HEADING_LINES = 1


@dataclass(frozen=True, slots=True)
class TableArchive:
    """An opened archive and what its manifest says: format, region, day, rows by table."""

    archive: zipfile.ZipFile
    format: str
    region: str
    as_of: date
    counts: dict[str, int]

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
        """(place, row) of one table. Raises Unreadable when the heading or the width of a row differs."""
        with (
            self.archive.open(f"{table}.csv") as raw,
            io.TextIOWrapper(raw, "utf-8", newline="") as text,
        ):
            reader = csv.DictReader(text, strict=True)
            check_columns(table, reader.fieldnames, columns)
            for number, row in enumerate(reader, start=1 + HEADING_LINES):
                where = f"{table}.csv, строка {number}"
                if None in row or None in row.values():
                    raise unreadable("table_columns", where, found="иное число столбцов", expected=", ".join(columns))
                yield where, row


def read_table_archive(archive: zipfile.ZipFile, limits: Limits) -> TableArchive:
    """Check the manifest against the files: names, digests, rows. Raises Unreadable."""
    manifest = _manifest(archive)
    try:
        counts = {
            name.removesuffix(".csv"): _checked_rows(archive, name, facts, limits)
            for name, facts in manifest["files"].items()
        }
        return TableArchive(
            archive, str(manifest["format"]), str(manifest["region"]), date.fromisoformat(manifest["as_of"]), counts
        )
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise unreadable("table_manifest", MANIFEST, detail=f"поле {problem}") from problem


def check_columns(table: str, found: Any, expected: tuple[str, ...]) -> None:
    if tuple(found or ()) != expected:
        raise unreadable(
            "table_columns",
            f"{table}.csv, строка 1",
            found=", ".join(found or ()) or "нет",
            expected=", ".join(expected),
        )


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > PIECE:
            raise unreadable("too_large", MANIFEST, size=info.file_size, limit=PIECE)
        manifest = json.loads(archive.read(info))
    except (ValueError, RecursionError, zipfile.BadZipFile, zlib.error, RuntimeError) as problem:
        raise unreadable("table_manifest", MANIFEST, detail="опись не читается") from problem
    if not isinstance(manifest, dict):
        raise unreadable("table_manifest", MANIFEST, detail="опись не является объектом")
    return manifest


def _checked_rows(archive: zipfile.ZipFile, name: str, facts: dict[str, Any], limits: Limits) -> int:
    """Rows of a file whose bytes agree with the manifest; a quoted line break inside a cell is not a row."""
    if name not in archive.namelist():
        raise unreadable("table_manifest", MANIFEST, detail=f"файла «{name}» в архиве нет")
    info = archive.getinfo(name)
    if info.file_size > limits.table_bytes:
        raise unreadable("too_large", name, size=info.file_size, limit=limits.table_bytes)
    digest = hashlib.sha256()
    try:
        with archive.open(info) as raw:
            while piece := raw.read(PIECE):
                digest.update(piece)
        if digest.hexdigest() != facts["sha256"]:
            raise unreadable("table_manifest", MANIFEST, detail=f"сумма SHA-256 файла «{name}» другая")
        with archive.open(info) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
            rows = sum(1 for _ in csv.reader(text, strict=True)) - HEADING_LINES
    except (zipfile.BadZipFile, zlib.error, RuntimeError, csv.Error, UnicodeDecodeError) as problem:
        raise unreadable("table_manifest", name, detail="файл не читается") from problem
    if rows != facts["rows"]:
        raise unreadable("table_manifest", MANIFEST, detail=f"в «{name}» {rows} строк вместо {facts['rows']}")
    return rows
