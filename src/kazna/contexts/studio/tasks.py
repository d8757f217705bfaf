"""Daily work: measures whose first day has come are asked about everybody they may be due to; drafts are made ready."""

from __future__ import annotations

from datetime import date

from kazna.contexts.studio.actions.launch import launch_due
from kazna.contexts.studio.actions.what_if import make_ready
from kazna.plumbing.daily import daily


@daily(name="studio.launch", order=25, atomic=False)
def launch(day: date) -> None:
    launch_due(day)


@daily(name="studio.ready", order=95, atomic=False)
def ready(day: date) -> None:
    make_ready()
