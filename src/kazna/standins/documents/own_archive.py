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
from itertools import chain
from pathlib import Path
from typing import IO, Any, Protocol

EPOCH = (2024, 11, 1, 0, 0, 0)  # every entry carries the same time, so that equal contents are equal files
READABLE = 0o644 << 16
PIECE = 1 << 16  # characters gathered before they are written out


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV of the archive: UTF-8, comma, header row. Cells None become empty."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def write_own_archive(
    target: Path | IO[bytes], *, format_name: str, region: str, as_of: date, tables: Iterable[Table]
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


def write_table(archive: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    """Stream one table into the archive; return its manifest entry {rows, sha256}."""
    digest, rows = hashlib.sha256(), 0
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    with archive.open(entry(table.name), "w") as stream:
        for row in chain([table.header], table.rows):
            writer.writerow(row)
            if line.tell() >= PIECE:
                write_out(line, stream, digest)
            rows += 1
        write_out(line, stream, digest)
    return {"rows": rows - 1, "sha256": digest.hexdigest()}


def write_out(line: io.StringIO, stream: IO[bytes], digest: Digest) -> None:
    """Move the gathered text into the stream and the digest."""
    piece = line.getvalue().encode()
    digest.update(piece)
    stream.write(piece)
    line.seek(0)
    line.truncate()


def entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = READABLE
    return info
