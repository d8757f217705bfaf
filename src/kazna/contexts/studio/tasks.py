"""Daily work: measures whose first day has come are asked about everybody they may be due to."""

from __future__ import annotations

from datetime import date

from kazna.contexts.studio.actions.launch import launch_due
from kazna.plumbing.daily import daily


@daily(name="studio.launch", order=25, atomic=False)
def launch(day: date) -> None:
    launch_due(day)
