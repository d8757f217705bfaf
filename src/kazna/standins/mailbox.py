"""What the agencies received and when they answer; on disk, so that a killed process loses nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TABLES = """
PRAGMA journal_mode=WAL;
CREATE TABLE IF NOT EXISTS received (
    agency TEXT NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    received_on TEXT NOT NULL,
    answered_on TEXT,
    PRIMARY KEY (agency, digest)
);
CREATE TABLE IF NOT EXISTS numbered (
    agency TEXT NOT NULL,
    number TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (agency, number)
);
CREATE INDEX IF NOT EXISTS received_by_answer ON received (answered_on, agency);
CREATE TABLE IF NOT EXISTS reply_to (digest TEXT PRIMARY KEY, request_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refused_credit (
    person INTEGER NOT NULL,
    account TEXT PRIMARY KEY,
    refused_on TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS played (day TEXT PRIMARY KEY, first TEXT NOT NULL);
"""
BUSY_SECONDS = 30
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Received:
    """`request_id` is the number the envelope gave the request, "" when it gave none."""

    digest: str
    body: bytes
    request_id: str = ""


class Mailbox:
    """One SQLite file. Days are operating days of the demo, never the wall clock.

    A message is answered on the first day of the clock after the day it came; once that day is
    chosen it stays, so the same day played again sends the same answers.
    """

    def __init__(self, path: Path, *, before: date) -> None:
        """`before`: the day that messages get when they come before the clock ever moved."""
        self.path = path
        self.before = before
        with self.open() as base:
            base.executescript(TABLES)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as base, base:
            base.execute("PRAGMA synchronous=NORMAL")  # with WAL a killed process loses nothing
            yield base

    def today(self) -> date:
        """The latest day of the clock."""
        with self.open() as base:
            return latest_day(base) or self.before

    def knows_number(self, agency: str, body: bytes, read: Callable[[bytes], Any]) -> bool:
        """Another body came under this number before; the same body again is no other."""
        digest, number = hashlib.sha256(body).hexdigest(), str(read(body).number)
        with self.open() as base:
            base.execute("INSERT OR IGNORE INTO numbered VALUES (?, ?, ?)", (agency, number, digest))
            [known] = base.execute(
                "SELECT digest FROM numbered WHERE agency = ? AND number = ?", (agency, number)
            ).fetchone()
        return bool(known != digest)

    def receive(self, agency: str, body: bytes, request_id: str = "") -> str:
        """Keep a message and return its digest; the same bytes under the same number again change nothing."""
        digest = hashlib.sha256(body + request_id.encode()).hexdigest()
        with self.open() as base:
            if request_id:
                base.execute("INSERT OR IGNORE INTO reply_to VALUES (?, ?)", (digest, request_id))
            base.execute(
                "INSERT OR IGNORE INTO received VALUES (?, ?, ?, ?, NULL)",
                (agency, digest, body, self.today().isoformat()),
            )
        return digest

    def begin(self, day: date, *, answering: Sequence[str]) -> list[date]:
        """Move the clock to the day and decide what the agencies at work answer on it.

        Return the days it stands for: itself and those skipped since the day before it on the clock
        (weekends, holidays). A day begun before stands for the same days again.
        """
        with self.open() as base:
            latest = latest_day(base) or self.before
            base.execute(
                "INSERT OR IGNORE INTO played VALUES (?, ?)",
                (day.isoformat(), min(latest + DAY, day).isoformat()),
            )
            base.executemany(
                "UPDATE received SET answered_on = :day"
                " WHERE agency = :agency AND answered_on IS NULL AND received_on < :day",
                [{"day": day.isoformat(), "agency": agency} for agency in answering],
            )
            [first] = base.execute("SELECT first FROM played WHERE day = ?", (day.isoformat(),)).fetchone()
        since = date.fromisoformat(first)
        return [since + DAY * passed for passed in range((day - since).days + 1)]

    def answered_on(self, agency: str, day: date) -> list[Received]:
        with self.open() as base:
            rows = base.execute(
                "SELECT digest, body, coalesce(request_id, '') FROM received LEFT JOIN reply_to USING (digest)"
                " WHERE agency = ? AND answered_on = ? ORDER BY digest",
                (agency, day.isoformat()),
            ).fetchall()
        return [Received(*row) for row in rows]

    def remember_refusals(self, refusals: list[tuple[int, str]], day: date) -> None:
        """Keep the first day each account was refused."""
        with self.open() as base:
            base.executemany(
                "INSERT OR IGNORE INTO refused_credit VALUES (?, ?, ?)",
                [(person, account, day.isoformat()) for person, account in refusals],
            )

    def refusals(self) -> list[tuple[int, str, date]]:
        """Person, account, day of the first refusal."""
        with self.open() as base:
            rows = base.execute("SELECT person, account, refused_on FROM refused_credit ORDER BY account").fetchall()
        return [(person, account, date.fromisoformat(day)) for person, account, day in rows]


def latest_day(base: sqlite3.Connection) -> date | None:
    [day] = base.execute("SELECT max(day) FROM played").fetchone()
    return date.fromisoformat(day) if day else None
