"""Queues by system and kind in one SQLite file: a killed server loses nothing it has accepted."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

TABLES = """
PRAGMA journal_mode=WAL;
CREATE TABLE IF NOT EXISTS known (
    number INTEGER PRIMARY KEY, message_id TEXT UNIQUE NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
    reply_to TEXT UNIQUE, original_id TEXT
);
CREATE TABLE IF NOT EXISTS waiting (
    number INTEGER PRIMARY KEY, queue TEXT NOT NULL, kind TEXT NOT NULL, message_id TEXT NOT NULL, root TEXT NOT NULL,
    body BLOB NOT NULL, visible_round INTEGER NOT NULL, place REAL NOT NULL, leased_until REAL NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS waiting_by_queue ON waiting (queue, kind, place);
CREATE INDEX IF NOT EXISTS waiting_by_message ON waiting (message_id);
CREATE TABLE IF NOT EXISTS round (queue TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (queue, kind));
CREATE TABLE IF NOT EXISTS file (uuid TEXT PRIMARY KEY, body BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Known:
    number: int
    message_id: str
    sender: str
    recipient: str
    reply_to: str
    original_id: str | None


class Queues:
    def __init__(self, path: Path) -> None:
        self.path = path
        with self.open() as base:
            base.executescript(TABLES)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as base, base:
            base.execute("PRAGMA synchronous=NORMAL")
            yield base

    def remember(
        self, message_id: str, sender: str, recipient: str, reply_to: str | None, original_id: str | None
    ) -> int | None:
        """The message's serial number; None when its id has been used."""
        with self.open() as base:
            done = base.execute(
                "INSERT OR IGNORE INTO known (message_id, sender, recipient, reply_to, original_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (message_id, sender, recipient, reply_to, original_id),
            )
            return done.lastrowid if done.rowcount else None

    def by_reply_to(self, reply_to: str) -> Known | None:
        with self.open() as base:
            row = base.execute(
                "SELECT number, message_id, sender, recipient, reply_to, original_id FROM known WHERE reply_to = ?",
                (reply_to,),
            ).fetchone()
        return Known(*row) if row else None

    def put(self, queue: str, kind: str, message_id: str, root: str, body: bytes, *, rounds: int, place: float) -> None:
        """`rounds`: how many times the queue must first look empty. `place` orders the queue."""
        with self.open() as base:
            base.execute(
                "INSERT INTO waiting (queue, kind, message_id, root, body, visible_round, place)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (queue, kind, message_id, root, body, self._round(base, queue, kind) + rounds, place),
            )

    def take(self, queue: str, kind: str, root: str | None, lease_seconds: float) -> bytes | None:
        """The first visible message, kept until acknowledged; None ends a round."""
        now = time.time()
        with self.open() as base:
            row = base.execute(
                "SELECT number, body FROM waiting WHERE queue = ? AND kind = ? AND visible_round <= ?"
                " AND leased_until <= ? AND (? IS NULL OR root = ?) ORDER BY place, number LIMIT 1",
                (queue, kind, self._round(base, queue, kind), now, root, root),
            ).fetchone()
            if row is None:
                base.execute(
                    "INSERT INTO round VALUES (?, ?, 1) ON CONFLICT (queue, kind) DO UPDATE SET number = number + 1",
                    (queue, kind),
                )
                return None
            if kind == "status":  # nobody acknowledges a status
                base.execute("DELETE FROM waiting WHERE number = ?", (row[0],))
            base.execute("UPDATE waiting SET leased_until = ? WHERE number = ?", (now + lease_seconds, row[0]))
            return bytes(row[1])

    def acknowledge(self, queue: str, message_id: str) -> bool:
        """One copy goes; False when there is none."""
        with self.open() as base:
            done = base.execute(
                "DELETE FROM waiting WHERE number = (SELECT number FROM waiting WHERE queue = ? AND message_id = ?"
                " ORDER BY leased_until DESC, place, number LIMIT 1)",
                (queue, message_id),
            )
            return bool(done.rowcount)

    def sizes(self, queue: str | None = None) -> dict[str, int]:
        with self.open() as base:
            rows = base.execute(
                "SELECT queue || '.' || kind, count(*) FROM waiting WHERE ? IS NULL OR queue = ? GROUP BY 1 ORDER BY 1",
                (queue, queue),
            ).fetchall()
        return dict(rows)

    def keep_file(self, uuid: str, body: bytes) -> None:
        with self.open() as base:
            base.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (uuid, body))

    def file(self, uuid: str) -> bytes | None:
        with self.open() as base:
            row = base.execute("SELECT body FROM file WHERE uuid = ?", (uuid,)).fetchone()
        return bytes(row[0]) if row else None

    def _round(self, base: sqlite3.Connection, queue: str, kind: str) -> int:
        row = base.execute("SELECT number FROM round WHERE queue = ? AND kind = ?", (queue, kind)).fetchone()
        return row[0] if row else 0
