"""Take a snapshot into a folder: Parquet by territory, only what changed since the last one written anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from uuid import UUID

import duckdb
import pyarrow as pa

from kazna.contexts.registers.contracts import Fact
from kazna.contexts.registers.precedence import believed, precedences
from kazna.contexts.registers.snapshots import versions
from kazna.contexts.registers.snapshots.folder import (
    STORE,
    Snapshot,
    Territory,
    digest_of,
    keep,
    load_snapshot,
    room,
    rows_of,
)
from kazna.contexts.registers.snapshots.source import Reading, reading
from kazna.kernel.columns import open_columns

NOWHERE = "00"
Progress = Callable[[str, int, int], None]


def take_snapshot(folder: Path, *, now: datetime, progress: Progress) -> Snapshot:
    """Bring a consistent copy of the register by territory up to now: Parquet, only changed territories written anew.

    Raises RegisterBusy, SnapshotDamaged, NoRoom; what was there before stays whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known, believing = load_snapshot(folder), _believing()
    with room(folder), _store(folder, known) as store:
        since = known.last if known else 0
        with reading(since) as source:
            _take_people(store, source)
            _take_versions(store, source, progress)
        store.execute(versions.MEMBERS)
        everybody = known is None or known.believing != believing
        wanted = _all(store) if everybody else _touched(store, since)
        kept = {} if everybody or known is None else {c: t for c, t in known.territories.items() if c not in wanted}
        kept |= _write(store, folder, wanted, source.last, progress)
        store.execute("DROP TABLE person_before")
    snapshot = Snapshot(folder, now, source.last, believing, dict(sorted(kept.items())), tuple(sorted(wanted)))
    keep(snapshot)
    return snapshot


@contextmanager
def _store(folder: Path, known: Snapshot | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working store; one that knows another number of versions than the manifest is begun anew."""
    path = folder / STORE
    if known is None:
        path.unlink(missing_ok=True)
    with open_columns(str(path)) as store:
        store.execute(versions.RAW)
        if known is not None:
            store.execute("DELETE FROM version WHERE seq > ?", [known.last])  # of a taking that was cut off
        store.execute("CREATE OR REPLACE TABLE person_before AS SELECT * FROM person")
        yield store


def _believing() -> str:
    """What decides between sources: when it changes, every territory is written anew."""
    told = {kind: astuple(rule) for kind, rule in sorted(precedences().items())}
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _take_people(store: duckdb.DuckDBPyConnection, source: Reading) -> None:
    store.execute("DELETE FROM person")
    for batch in source.people():
        store.register("batch", pa.table(batch))
        store.execute(f"INSERT INTO person SELECT id, coalesce(nullif(territory, ''), '{NOWHERE}') FROM batch")
        store.unregister("batch")


def _take_versions(store: duckdb.DuckDBPyConnection, source: Reading, progress: Progress) -> None:
    """In one transaction: full blocks go to the store's file as they come, past its journal."""
    done = 0
    store.begin()
    for batch in source.versions():
        store.register("batch", pa.table(batch))
        store.execute(versions.ADD)
        store.unregister("batch")
        done += batch.num_rows
        progress("чтение сведений", done, source.most)
    store.commit()
    progress("чтение сведений", done, done)


def _all(store: duckdb.DuckDBPyConnection) -> set[str]:
    return {code for (code,) in store.execute("SELECT DISTINCT territory FROM person").fetchall()}


def _touched(store: duckdb.DuckDBPyConnection, since: int) -> set[str]:
    """Territories whose people, or whose people's families, have something new."""
    return {code for (code,) in store.execute(versions.TOUCHED, [since, since]).fetchall()}


def _write(
    store: duckdb.DuckDBPyConnection, folder: Path, wanted: set[str], last: int, progress: Progress
) -> dict[str, Territory]:
    if not wanted:
        return {}
    store.register("wanted", pa.table({"territory": sorted(wanted)}))
    progress("сведения по территориям", 0, len(wanted))
    store.execute(versions.STALE)
    _believe(store)
    take = folder / f"take-{last}"
    number = 1
    while take.exists():  # the same facts, believed otherwise
        take, number = folder / f"take-{last}-{number}", number + 1
    try:
        take.mkdir()
        store.execute(versions.WRITE.format(folder=take / "facts"))
        store.execute(versions.PEOPLE.format(folder=take / "people"))
    except BaseException:
        shutil.rmtree(take, ignore_errors=True)
        raise
    found = {}
    for done, (code, people) in enumerate(store.execute(versions.COUNTS).fetchall(), 1):
        found[code] = Territory(code, take.name, people, rows_of(take, code), digest_of(take, code))
        progress("сведения по территориям", done, len(wanted))
    return {code: one for code, one in found.items() if one.people}


def _believe(store: duckdb.DuckDBPyConnection) -> None:
    """Take away what a source believed before theirs contradicts: only people of whom several sources tell."""
    rules = precedences()
    store.register("compared", pa.table({"kind": pa.array(list(rules), pa.string())}))
    told = store.execute(versions.SEVERAL).fetchall()
    names = [column[0] for column in store.description]
    facts = [_fact(dict(zip(names, row, strict=True))) for row in told]
    heard = {fact.seq for fact in believed(facts)}
    outdone = [fact.seq for fact in facts if fact.seq not in heard]
    if outdone:
        store.register("outdone", pa.table({"seq": outdone}))
        store.execute("INSERT INTO stale SELECT seq FROM outdone")


def _fact(row: dict) -> Fact:  # type: ignore[type-arg]
    midnight = datetime.combine(row["known_on"], datetime.min.time())
    return Fact(
        id=UUID(int=row["seq"]), seq=row["seq"], kind=row["kind"], subject_id=row["subject_id"],
        object_id=row["object_id"], thing=row["thing"], valid_from=row["valid_from"], valid_to=row["valid_to"],
        value=json.loads(row["value"]), source=row["source"], document_id=None, known_on=row["known_on"],
        recorded_at=midnight,
    )  # fmt: skip
