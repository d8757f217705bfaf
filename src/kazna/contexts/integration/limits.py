"""How much one sender may hand over at once."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and counts. A table file of an own archive may be larger than a message: it is read row by row."""

    document_bytes: int = 20 * MEGABYTE
    archive_bytes: int = 256 * MEGABYTE
    table_bytes: int = 512 * MEGABYTE
    unpacked_bytes: int = 1024 * MEGABYTE
    ratio: int = 100
    ratio_free_bytes: int = MEGABYTE
    entries: int = 20_000
