"""What `registers.public` offers of legacy registers."""

from __future__ import annotations

from kazna.contexts.registers.legacy.check import Progress, check, preview
from kazna.contexts.registers.legacy.errors import MappingRefused, RunNotReady, RunUnknown, SourceRefused
from kazna.contexts.registers.legacy.mapping import LegacyMapping, read_mapping
from kazna.contexts.registers.legacy.rows import StagedRow
from kazna.contexts.registers.legacy.runs import LegacyTotals, approve, load, run_of, totals, write_report
from kazna.contexts.registers.models import FactKind, LegacyRun

__all__ = [
    "LegacyMapping",
    "LegacyRun",
    "LegacyTotals",
    "MappingRefused",
    "Progress",
    "RunNotReady",
    "RunUnknown",
    "SourceRefused",
    "StagedRow",
    "approve",
    "check",
    "load",
    "mapping",
    "preview",
    "run_of",
    "runs",
    "totals",
    "write_report",
]


def mapping(content: bytes, name: str) -> LegacyMapping:
    """A mapping file, checked against its schema and the catalogue of kinds. Raises MappingRefused."""
    return read_mapping(content, name, set(FactKind.objects.values_list("code", flat=True)))


def runs() -> list[LegacyRun]:
    """Up to a hundred runs, the newest first."""
    return list(LegacyRun.objects.order_by("-started_at", "id")[:100])
