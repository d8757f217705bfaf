"""A report as plain values: for machines, for the proposal that keeps it, for the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kazna.contexts.determination.contracts import Report


def plain_report(report: Report, titles: Mapping[str, str]) -> dict[str, Any]:
    """Counts only, no people. `titles`: measure → its short title."""
    measures = sorted({*report.measures, *report.awards, *report.new})
    return {
        "on": report.on.isoformat(),
        "snapshot": report.taken_at.isoformat(),
        "engine": report.engine,
        "law": report.law,
        "people": report.people,
        "anew": report.anew,
        "facts": report.facts,
        "questions": report.questions,
        "territories": dict(report.territories),
        "families": {name: dict(counts) for name, counts in report.families.items()},
        "by_territory": {code: dict(counts) for code, counts in report.by_territory.items()},
        "measures": {name: dict(counts) for name, counts in report.measures.items()},
        "awards": {name: dict(verdicts) for name, verdicts in report.awards.items()},
        "new": {name: {"people": people, "kopecks": kopecks} for name, (people, kopecks) in report.new.items()},
        "lacking": {name: dict(told) for name, told in report.lacking.items()},
        "titles": {name: titles[name] for name in measures if name in titles},
        "seconds": {stage: round(spent, 3) for stage, spent in report.seconds.items()},
        "checked": report.checked,
        "differences": report.differences,
        "shown": list(report.shown),
        "folder": str(report.folder),
    }
