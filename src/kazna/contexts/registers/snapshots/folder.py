"""A snapshot on disk: its manifest names the files; what the manifest does not name is of no account."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from kazna.kernel.columns import open_columns
from kazna.kernel.errors import DomainError

MANIFEST, STORE, NO_SPACE = "manifest.json", "versions.duckdb", 28


class SnapshotDamaged(DomainError):
    """The folder does not hold what its manifest names."""

    sentence = "Снимок в папке «{folder}» повреждён: {what}. Удалите папку — снимок будет снят заново."


class NoRoom(DomainError):
    """The disk is full; what was there before is whole."""

    sentence = "Не хватает места на диске для папки «{folder}». Освободите место и повторите: прежние данные целы."


@dataclass(frozen=True, slots=True)
class Territory:
    """One part of a snapshot: a folder of Parquet files. `people`: those asked about, without their families.

    `folder`: the taking that wrote it.
    """

    code: str
    folder: str
    people: int
    facts: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`last`: number of the newest version of a fact in it. `believing`: digest of what decides between sources.

    `rewritten`: territories that this taking wrote anew.
    """

    folder: Path
    taken_at: datetime
    last: int
    believing: str
    territories: dict[str, Territory] = field(default_factory=dict)
    rewritten: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return sum(one.people for one in self.territories.values())

    @property
    def facts(self) -> int:
        return sum(one.facts for one in self.territories.values())

    def files(self, code: str, what: str) -> list[Path]:
        """Parquet files of a territory: `what` is facts or people. Raises SnapshotDamaged."""
        one = self.territories[code]
        if digest_of(self.folder / one.folder, code) != one.sha256:
            raise SnapshotDamaged(folder=self.folder, what=f"изменились файлы территории {code}")
        return files_of(self.folder / one.folder, code, what)


def touched_since(folder: Path, last: int, out: Path) -> None:
    """Write ids (Parquet, column id) of people of whom versions numbered above `last` tell, withdrawn ones too."""
    with open_columns(str(folder / STORE), read_only=True) as store:
        store.execute(f"""
            COPY (SELECT DISTINCT id::VARCHAR AS id FROM (SELECT unnest([subject_id, object_id]) AS id FROM version
                WHERE seq > {int(last)}) WHERE id IS NOT NULL) TO '{out}' (FORMAT parquet)
        """)


def load_snapshot(folder: Path) -> Snapshot | None:
    """The snapshot kept in the folder, None when there is none. Raises SnapshotDamaged."""
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text("utf-8"))
        territories = {code: Territory(**one) for code, one in told.pop("territories").items()}
        taken_at = datetime.fromisoformat(told.pop("taken_at"))
        return Snapshot(folder, taken_at, told["last"], told["believing"], territories, tuple(told["rewritten"]))
    except (ValueError, KeyError, TypeError) as broken:
        raise SnapshotDamaged(folder=folder, what="не читается manifest.json") from broken


def keep(snapshot: Snapshot) -> None:
    """Make this the folder's snapshot in one move, then drop files that it does not name."""
    plain = asdict(replace(snapshot, folder=Path("."))) | {"taken_at": snapshot.taken_at.isoformat()}
    del plain["folder"]
    draft = snapshot.folder / f"{MANIFEST}.part"
    draft.write_text(json.dumps(plain, ensure_ascii=False, indent=1), "utf-8")
    os.replace(draft, snapshot.folder / MANIFEST)
    named = {(one.folder, f"territory={one.code}") for one in snapshot.territories.values()}
    for take in snapshot.folder.glob("take-*"):
        for part in take.glob("*/territory=*"):
            if (take.name, part.name) not in named:
                shutil.rmtree(part)
        if take.name not in {name for name, _ in named}:
            shutil.rmtree(take)


def files_of(take: Path, code: str, what: str) -> list[Path]:
    return sorted((take / what / f"territory={code}").glob("*.parquet"))


def rows_of(take: Path, code: str) -> int:
    """How many facts the territory's files hold, by their own account."""
    return sum(pq.read_metadata(path).num_rows for path in files_of(take, code, "facts"))


def digest_of(take: Path, code: str) -> str:
    """Of names and bytes of the territory's Parquet files."""
    found = hashlib.sha256()
    for path in (*files_of(take, code, "facts"), *files_of(take, code, "people")):
        found.update(f"{path.parent.parent.name}/{path.name}".encode())
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """A full disk ends in NoRoom and takes nothing that the manifest names."""
    try:
        yield
    except OSError as refusal:
        if refusal.errno != NO_SPACE:
            raise
        raise NoRoom(folder=folder) from refusal
    except Exception as refusal:  # DuckDB tells of a full disk in words
        if "No space left" not in str(refusal):
            raise
        raise NoRoom(folder=folder) from refusal
