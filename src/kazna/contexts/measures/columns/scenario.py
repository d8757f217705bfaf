"""One edition asked about everybody of a territory whose facts are kept ready: a question put many times over."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from kazna.contexts.measures.columns.batches import Batch, Casting, batches, cast, castings, castings_of
from kazna.contexts.measures.columns.everybody import contested, decide_batch, gathered, seats_of
from kazna.contexts.measures.columns.frames import Set, set_frame
from kazna.contexts.measures.columns.lives import Around
from kazna.contexts.measures.columns.part import Part, scalar_too, store_of_part
from kazna.contexts.measures.columns.store import set_window
from kazna.kernel.columns import open_columns
from kazna.rules import Edition, Library
from kazna.rules.compile.frame import Array, Frame

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
    database = open_columns()
    if threads:
        database.execute(f"SET threads = {threads}")
    name = str(path).replace("'", "''")
    database.execute(f"ATTACH '{name}' AS {KEPT} (READ_ONLY)")
    database.execute(f"SET search_path = 'memory.main,{KEPT}.main'")
    return database


def rights_in(
    database: duckdb.DuckDBPyConnection, library: Library, edition: Edition, part: Part, ready: Path | None = None
) -> tuple[pa.Table, int]:
    """Who is granted or undecided (see everybody.RIGHTS), and how many are refused.

    `ready`: a folder where columns that were read once are kept, for other rules over the same facts.
    """
    plays, apart = castings(part.on), contested(database)
    found, seats = {}, {}
    for batch in batches(library, [edition]):
        columns = _columns(database, library, plays[batch.casting], batch, part, ready)
        scene = Set(columns.frame, columns.strange, database, library, plays[batch.casting], batch)
        (found[edition.id, batch.casting],) = decide_batch(scene, library, batch, part.on)
        seats[batch.casting] = columns.seats
    told = gathered(database, edition, castings_of(edition), found, seats, apart)
    return scalar_too(Around(database, part.on, part.shelf_lives), library, told)


@dataclass(slots=True)
class Columns:
    """What rules read of everybody in one casting, and who sits in which row."""

    frame: Frame
    strange: Array
    seats: pa.Table


def _columns(
    database: duckdb.DuckDBPyConnection, library: Library, play: Casting, batch: Batch, part: Part, ready: Path | None
) -> Columns:
    key = [batch.casting, batch.governing, sorted(batch.lacking), batch.fact_names, batch.relation_facts, batch.measure]
    name = hashlib.sha256(json.dumps([library.digest, part.on.isoformat(), *key]).encode()).hexdigest()[:24]
    path = ready / f"{name}.columns" if ready is not None else None
    if path is not None and path.exists():
        with path.open("rb") as kept:
            return Columns(*pickle.load(kept))
    set_window(database, part.on)
    rows = cast(database, play, part.on, part.on)
    seats = seats_of(database, batch.casting)
    scene = set_frame(database, library, play, batch, rows)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.part")
        with draft.open("wb") as kept:
            pickle.dump((scene.frame, scene.strange, seats), kept, protocol=5)
        os.replace(draft, path)
    return Columns(scene.frame, scene.strange, seats)
