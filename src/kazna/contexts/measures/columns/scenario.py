"""One edition asked about everybody of a territory whose facts are kept ready: a question put many times over."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from kazna.contexts.measures.columns.everybody import rights_of_everybody
from kazna.contexts.measures.columns.part import Part, scalar_too, store_of_part
from kazna.rules import Edition, Library

KEPT = "kept"


def keep_store(part: Part, path: Path) -> Path:
    """The facts of the part as tables in a file, written once and whole."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    database = store_of_part(part)
    try:
        name = str(draft).replace("'", "''")
        database.execute(f"ATTACH '{name}' AS {KEPT}")
        database.execute(f"COPY FROM DATABASE memory TO {KEPT}")
        database.execute(f"DETACH {KEPT}")
        os.replace(draft, path)
    finally:
        database.close()
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def open_kept(path: Path, threads: int = 0) -> duckdb.DuckDBPyConnection:
    """A database of one's own over the kept tables, which stay as they are."""
    database = duckdb.connect()
    if threads:
        database.execute(f"SET threads = {threads}")
    name = str(path).replace("'", "''")
    database.execute(f"ATTACH '{name}' AS {KEPT} (READ_ONLY)")
    database.execute(f"SET search_path = 'memory.main,{KEPT}.main'")
    return database


def rights_in(
    database: duckdb.DuckDBPyConnection, library: Library, edition: Edition, part: Part
) -> tuple[pa.Table, int]:
    """Who is granted or undecided (see everybody.RIGHTS), and how many are refused."""
    (found,) = rights_of_everybody(database, library, [edition], part.on)
    return scalar_too(database, library, found, part)
