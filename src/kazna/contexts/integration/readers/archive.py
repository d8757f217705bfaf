"""Look into a zip before unpacking any of it."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.refusals import Unreadable, unreadable

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: its bytes, or the reason it was not unpacked."""

    name: str
    payload: bytes
    refusal: Unreadable | None = None


def is_archive(payload: bytes) -> bool:
    return payload[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def open_archive(payload: bytes, limits: Limits) -> zipfile.ZipFile:
    """A zip whose declared sizes keep the limits. Raises Unreadable before a byte is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as problem:
        raise unreadable("zip_broken", "архив", detail="конец или оглавление не найдены") from problem
    files = archive.infolist()
    if len(files) > limits.entries:
        raise unreadable("zip_too_many", "архив", count=len(files), limit=limits.entries)
    total = sum(info.file_size for info in files)
    if total > limits.unpacked_bytes:
        raise unreadable("zip_bomb", "архив", size=total, limit=limits.unpacked_bytes)
    for info in files:
        ratio = info.file_size // max(info.compress_size, 1)
        if info.file_size > limits.ratio_free_bytes and ratio > limits.ratio:
            raise unreadable("zip_ratio", f"архив, файл «{info.filename}»", ratio=ratio, limit=limits.ratio)
    return archive


def is_table_archive(archive: zipfile.ZipFile) -> bool:
    """Our own table formats carry a manifest; a batch of documents does not."""
    return MANIFEST in archive.namelist()


def entries(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Entry]:
    """Documents of a batch in the order of the archive; one bad file does not hold the others."""
    for info in archive.infolist():
        try:
            yield Entry(info.filename, unpack(archive, info, limits.document_bytes))
        except Unreadable as refusal:
            yield Entry(info.filename, b"", refusal)


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of one file, never more than `limit` whatever its header promises."""
    where = f"архив, файл «{info.filename}»"
    if "/" in info.filename or "\\" in info.filename or info.is_dir() or _is_link(info):
        raise unreadable("zip_path", where)
    if info.flag_bits & 0x1:
        raise unreadable("zip_locked", where)
    if info.file_size > limit:
        raise unreadable("too_large", where, size=info.file_size, limit=limit)
    try:
        with archive.open(info) as raw:
            payload = raw.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as problem:
        raise unreadable("zip_broken", where, detail="файл не распаковывается") from problem
    if len(payload) > limit:
        raise unreadable("too_large", where, size=len(payload), limit=limit)
    return payload


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)
