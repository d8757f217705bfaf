"""A zip of tables with a manifest: the form of the Fund's own files. Same rows, same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

EPOCH = (2024, 11, 1, 0, 0, 0)  # every entry carries the same time, so that equal contents are equal files
READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of the archive: UTF-8, comma, header row. Cells None become empty."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_own_archive(
    target: Path | BinaryIO, *, format_name: str, region: str, as_of: date, tables: Iterable[Table]
) -> dict[str, int]:
    """Write the tables one by one, then manifest.json; return rows by file."""
    files = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table in tables:
            files[table.name] = write_table(archive, table)
        manifest = {"format": format_name, "region": region, "as_of": as_of.isoformat(), "files": files}
        with archive.open(entry("manifest.json"), "w") as stream:
            stream.write(json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode())
    return {name: facts["rows"] for name, facts in files.items()}


def own_archive_bytes(*, format_name: str, region: str, as_of: date, tables: Iterable[Table]) -> bytes:
    target = io.BytesIO()
    write_own_archive(target, format_name=format_name, region=region, as_of=as_of, tables=tables)
    return target.getvalue()


def write_table(archive: zipfile.ZipFile, table: Table) -> dict[str, object]:
    """Stream one table into the archive; return its manifest entry {rows, sha256}."""
    with archive.open(entry(table.name), "w") as stream:
        sink = DigestingSink(stream)
        text = io.TextIOWrapper(sink, encoding="utf-8", newline="", write_through=False)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.header)
        rows = 0
        for row in table.rows:
            writer.writerow(row)
            rows += 1
        text.flush()
        text.detach()
    return {"rows": rows, "sha256": sink.digest.hexdigest()}


def entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = READABLE
    return info


class DigestingSink(io.RawIOBase):
    """Passes bytes on and remembers their SHA-256."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.stream.write(data)
        return len(data)
