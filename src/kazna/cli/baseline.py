"""The legacy register's baseline: people to the registers, awards in payment to the cases."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from kazna.contexts.cases.contracts import BaselineAward
    from kazna.contexts.registers.contracts import Receipt

StageProgress = Callable[[str, int, int], None]


def is_baseline(path: Path) -> bool:
    """A zip with a manifest that says so."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "manifest.json" in archive.namelist() and b"own_baseline/1" in archive.read("manifest.json")


def load_baseline(path: Path, progress: StageProgress = lambda stage, done, total: None) -> Receipt:
    """Load both halves in one transaction; a second load is answered as a duplicate and changes nothing."""
    from django.db import transaction

    from kazna.contexts.cases import public as cases
    from kazna.contexts.registers import public as registers
    from kazna.contexts.registers.contracts import Receipt
    from kazna.plumbing import clock

    on = clock.today()
    try:
        with transaction.atomic():
            registers.load_baseline(path, on=on, progress=progress)
            progress("назначения", 0, 1)
            cases.load_awards(rows=_awards(path), on=on, received_at=datetime.now(UTC))
            progress("назначения", 1, 1)
    except registers.BaselineAlreadyLoaded:
        return Receipt("", path.name, "own_baseline", "duplicate")
    return Receipt("", path.name, "own_baseline", "accepted")


def _awards(path: Path) -> Iterator[BaselineAward]:
    """Rows of awards.csv with people's ids in place of their СНИЛС; `[valid_from, valid_to)` becomes inclusive days."""
    from kazna.contexts.cases.contracts import BaselineAward
    from kazna.contexts.registers import public as registers

    with zipfile.ZipFile(path) as archive, io.TextIOWrapper(archive.open("awards.csv"), "utf-8") as table:
        rows = list(csv.DictReader(table))
    people: dict[str, UUID] = registers.ids_by_snils({row[key] for row in rows for key in ("snils", "child_snils")})
    for row in rows:
        recipient = people[row["snils"]]
        yield BaselineAward(
            number=row["number"],
            recipient_id=recipient,
            subject_id=people[row["child_snils"]] if row["child_snils"] else recipient,
            measure=row["measure"],
            amount_kopecks=int(row["amount_kopecks"]),
            first_day=date.fromisoformat(row["valid_from"]),
            last_day=date.fromisoformat(row["valid_to"]) - timedelta(days=1) if row["valid_to"] else None,
        )
