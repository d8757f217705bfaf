"""The legacy register's baseline: people to the registers, awards in payment to the cases."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from kazna.cli.progress import Advance

if TYPE_CHECKING:
    from kazna.contexts.registers.contracts import Receipt


def is_baseline(path: Path) -> bool:
    """A zip with a manifest that says so."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "manifest.json" in archive.namelist() and b"own_baseline/1" in archive.read("manifest.json")


def load_baseline(path: Path, progress: Advance | None = None) -> Receipt:
    """Load both halves in one transaction; a second load of the same file changes nothing."""
    from django.db import transaction

    from kazna.contexts.cases import public as cases
    from kazna.contexts.registers import public as registers
    from kazna.contexts.registers.contracts import Receipt
    from kazna.plumbing import clock

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with transaction.atomic():
        loaded = registers.load_baseline(path, on=clock.today(), progress=progress)
        if loaded is None:
            return Receipt(digest, path.name, "own_baseline", "duplicate", ())
        cases.load_awards(registers.baseline_awards(path))
    return Receipt(digest, path.name, "own_baseline", "accepted", ())
