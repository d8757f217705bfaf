"""Bring the table of fact kinds in line with the catalogue of the law: every `kinds` section of law/facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kazna.contexts.registers.models import FactKind
from kazna.kernel.places import LAW

CATALOGUE = LAW / "facts"


def load_kinds(folder: Path = CATALOGUE) -> int:
    """Add new kinds, update the others; kinds are never removed, facts may point at them."""
    kinds: dict[str, Any] = {}
    for path in sorted(folder.glob("catalogue*.yaml")):
        kinds |= yaml.safe_load(path.read_text(encoding="utf-8"))["kinds"]
    rows = [
        FactKind(
            code=code,
            title=told["title"],
            holder=told.get("holder", ""),
            stage=told.get("stage", "stored"),
            fresh_days=told.get("fresh_days"),
            sensitivity=told.get("sensitivity", ""),
        )
        for code, told in kinds.items()
    ]
    FactKind.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "holder", "stage", "fresh_days", "sensitivity"],
    )
    return len(rows)
