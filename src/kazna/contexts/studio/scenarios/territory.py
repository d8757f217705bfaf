"""Territories of the snapshot, each ready to be asked: facts as tables and who lives how, kept until either changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.public import Part
from kazna.contexts.registers import public as registers
from kazna.contexts.studio.contracts import NoSnapshot
from kazna.contexts.studio.scenarios.profile import PROFILE, profile_sql
from kazna.kernel.places import VAR

SNAPSHOT = VAR / "determination" / "snapshot"
KEPT = VAR / "studio"
SECONDS_A_MILLION = 60  # people made ready on two cores, see docs/reference/performance.md


@dataclass(frozen=True, slots=True)
class Territory:
    """Files of a territory of the snapshot; `people` who live there."""

    code: str
    people: int
    facts: tuple[Path, ...]
    persons: tuple[Path, ...]
    sha256: str
    taken_at: datetime
    shelf_lives: dict[str, int] = field(default_factory=dict)

    def part(self, law: Path, on: date) -> Part:
        return Part(self.code, self.facts, self.persons, on, law, KEPT, self.shelf_lives)


def take_territories(*, now: datetime, code: str = "") -> list[Territory]:
    """Bring the snapshot up to now; for work with the powers of the worker."""
    snapshot = registers.take_snapshot(SNAPSHOT, now=now, progress=lambda *_: None)
    return list(_territories(snapshot, code))


def kept_territory(code: str) -> Territory:
    """The territory as the last snapshot has it. Raises NoSnapshot."""
    snapshot = registers.kept_snapshot(SNAPSHOT)
    found = list(_territories(snapshot, code)) if snapshot is not None else []
    if not found:
        raise NoSnapshot(code=code)
    return found[0]


def kept_codes() -> list[str]:
    snapshot = registers.kept_snapshot(SNAPSHOT)
    return sorted(snapshot.territories) if snapshot is not None else []


def _territories(snapshot: registers.Snapshot, code: str) -> Iterator[Territory]:
    lives = registers.shelf_lives()
    for name, one in snapshot.territories.items():
        if code in ("", name):
            yield Territory(
                name, one.people, tuple(snapshot.files(name, "facts")), tuple(snapshot.files(name, "people")),
                one.sha256, snapshot.taken_at, lives,
            )  # fmt: skip


def opened(territory: Territory, law: Path, on: date) -> tuple[duckdb.DuckDBPyConnection, Part]:
    """A database over the territory's facts as of a day, with the table `profile`; made ready when first asked."""
    part = territory.part(law, on)
    name = name_of(territory, on)
    path = measures.keep_store(part, KEPT / f"{name}.duckdb")
    database = measures.open_kept(path)
    profile = KEPT / f"{name}.parquet"
    if not profile.exists():
        draft = profile.with_suffix(".part")
        database.execute(profile_sql(on))
        database.execute(f"COPY profile TO '{draft!s}' (FORMAT parquet)")
        draft.replace(profile)
    else:
        database.execute(f"CREATE TABLE profile AS SELECT * FROM read_parquet('{profile!s}')")
    return database, part


def seconds_to_ready(territory: Territory, on: date) -> int:
    """How long the first scenario over these facts and this day takes to begin, about; 0 when it is made ready."""
    if (KEPT / f"{name_of(territory, on)}.parquet").exists():
        return 0
    return 2 + territory.people * SECONDS_A_MILLION // 1_000_000


def opened_for_years(territory: Territory, law: Path, on: date) -> duckdb.DuckDBPyConnection:
    """The same facts with answers of any age, for looking back; without `profile`."""
    part = Part(territory.code, territory.facts, territory.persons, on, law, KEPT, {})
    return measures.open_kept(
        measures.keep_store(part, KEPT / f"years-{territory.code}-{territory.sha256[:20]}.duckdb")
    )


def ready_folder(territory: Territory, on: date) -> Path:
    """Where columns read once are kept."""
    return KEPT / name_of(territory, on)


def name_of(territory: Territory, on: date) -> str:
    told = json.dumps([territory.sha256, on.isoformat(), sorted(territory.shelf_lives.items()), PROFILE])
    return f"{territory.code}-{hashlib.sha256(told.encode()).hexdigest()[:20]}"
