"""What suspends the awards of each measure and what resumes them: `suspends_on` of passports and regulations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import Suspension


def suspensions() -> Mapping[str, tuple[Suspension, ...]]:
    """By measure, of the newest edition; only what is paid in money every month is suspended."""
    return _suspensions(law.folder())


@cache
def _suspensions(folder: Path) -> dict[str, tuple[Suspension, ...]]:
    library = law.load(folder)
    newest = (editions[-1] for editions in library.measures.values() if editions)
    return {
        edition.id: tuple(
            Suspension(way["event"], way["until"], bool(way.get("paid_back")), way["reason"])
            for way in library.passport(edition).get("suspends_on", ())
        )
        for edition in newest
        if (edition.document["period"], edition.document["form"]) == ("month", "cash")
    }
