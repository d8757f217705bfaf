"""The door of `determination`: rights of everybody on a day, and what they would change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from kazna.contexts.determination import engines
from kazna.contexts.determination.actions import determine_everyone as _determine_everyone
from kazna.contexts.determination.actions.propose import propose
from kazna.contexts.determination.actions.release import release
from kazna.contexts.determination.actions.review import approve, withdraw
from kazna.contexts.determination.contracts import (
    LawMoved,
    Limits,
    LineView,
    NegativeAmount,
    NothingToPropose,
    Progress,
    ProposalHeld,
    ProposalIsOld,
    ProposalNotFound,
    ProposalNotOpen,
    ProposalView,
    ReasonMissing,
    Report,
    SamePerson,
    SparkNotInstalled,
    UnknownMeasure,
    UnknownTerritory,
)
from kazna.contexts.determination.page import report_csv, report_page
from kazna.contexts.determination.queries import lines, proposal, proposals, sample
from kazna.contexts.determination.telling import plain_report

__all__ = [
    "LawMoved",
    "Limits",
    "LineView",
    "NegativeAmount",
    "NothingToPropose",
    "Progress",
    "ProposalHeld",
    "ProposalIsOld",
    "ProposalNotFound",
    "ProposalNotOpen",
    "ProposalView",
    "ReasonMissing",
    "Report",
    "SamePerson",
    "SparkNotInstalled",
    "UnknownMeasure",
    "UnknownTerritory",
    "approve",
    "determine_everyone",
    "lines",
    "plain_report",
    "proposal",
    "proposals",
    "propose",
    "release",
    "report_csv",
    "report_page",
    "sample",
    "withdraw",
]


def determine_everyone(
    *,
    on: date,
    now: datetime,
    progress: Progress,
    territories: Sequence[str] = (),
    measures: Sequence[str] = (),
    engine: str = "duckdb",
    master: str = "local[*]",
    processes: int | None = None,
    check: bool = False,
    changed: bool = False,
) -> Report:
    """Bring the snapshot up to date, decide every measure for everybody, compare with awards in force.

    Nothing is awarded or stopped by this. `check`: ask everybody again the scalar way and count differences.
    `changed`: take over answers of those of whom nothing changed since the latest determination by the same law.
    Raises UnknownTerritory, UnknownMeasure, SparkNotInstalled and the snapshot's refusals.
    """
    cores = processes or os.cpu_count() or 1
    run = (
        partial(engines.on_spark, master=master, options={}) if engine == "spark"
        else partial(engines.here, processes=cores)
    )  # fmt: skip
    return _determine_everyone.determine_everyone(
        on=on,
        now=now,
        run=run,
        engine=engine,
        territories=territories,
        wanted=measures,
        slices=2 * cores if check else 0,
        changed=changed,
        progress=progress,
    )
