"""The snapshot of the Fund's former register, read row by row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Baseline:
    """A checked snapshot: `rows("persons")` yields the rows of persons.csv as dicts of text, any number of times.

    `counts` says how many rows each table has; digests and headers were checked when the snapshot was read.
    """

    region: str
    as_of: date
    counts: dict[str, int]
    payload: bytes

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """Rows of one table; empty cells are empty strings."""
        with (
            zipfile.ZipFile(io.BytesIO(self.payload)) as archive,
            archive.open(f"{table}.csv") as raw,
            io.TextIOWrapper(raw, "utf-8", newline="") as text,
        ):
            yield from csv.DictReader(text)
