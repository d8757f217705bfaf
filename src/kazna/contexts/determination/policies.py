"""What may be let out at all, and what is too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kazna.contexts.determination.contracts import Limits, Report

DAYS_OPEN = 7  # a proposal that is older is made anew
RIGHTS_KEPT = 14  # days after which the files of a run go, but for the latest of each territory


def is_let_out(document: Mapping[str, Any]) -> bool:
    """Bodies work by the measure, and the rule decides it, not an officer."""
    passport = document["passport"]
    return bool(passport.get("launched")) and passport.get("decides") != "officer"


def too_much(report: Report, limits: Limits, titles: Mapping[str, str]) -> Iterator[str]:
    """Why people have to look before anything goes on, a sentence each."""
    moved = report.verdicts("changed") + report.verdicts("lost")
    if moved * 100 > report.in_force * limits.awards:
        share = moved * 100 / report.in_force
        yield (
            f"Из {report.in_force} действующих назначений изменятся или прекратятся {moved} ({percent(share)}),"
            f" предел {limits.awards} %."
        )
    for measure, (people, _) in report.new.items():
        if people * 100 > report.people * limits.people:
            share = people * 100 / report.people
            yield (
                f"«{titles.get(measure, measure)}» начнёт платить {people} из {report.people} человек"
                f" ({percent(share)}), предел {limits.people} %."
            )


def percent(share: float) -> str:
    return f"{share:.1f} %".replace(".", ",")
