"""How measures are delivered, by their passports over the regulations they name; of the newest edition of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import Suspension


def statuses(measure: str) -> Mapping[str, str]:
    """What the citizen reads at each state of a case; empty for a measure that is no more."""
    return _statuses(law.folder()).get(measure, {})


def suspensions() -> Mapping[str, tuple[Suspension, ...]]:
    """What suspends the awards of each measure and what resumes them; only of what is paid in money every month."""
    return _suspensions(law.folder())


def offer_days() -> Mapping[str, int]:
    """How long an offer waits for its person before it is made to the next close one; of measures that say so."""
    return _offer_days(law.folder())


@cache
def _offer_days(folder: Path) -> dict[str, int]:
    newest = (editions[-1].document for editions in law.load(folder).measures.values() if editions)
    return {one["measure"]: one["passport"]["offer_days"] for one in newest if one["passport"].get("offer_days")}


@cache
def _statuses(folder: Path) -> dict[str, Mapping[str, str]]:
    library = law.load(folder)
    return {name: library.passport(some[-1]).get("statuses") or {} for name, some in library.measures.items() if some}


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
