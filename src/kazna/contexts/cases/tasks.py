"""Daily work of cases."""

from datetime import date

from django.utils import timezone

from kazna.contexts.cases.actions.follow_law import follow_law
from kazna.contexts.cases.actions.pass_on_offers import watch_offers
from kazna.contexts.cases.actions.stop_clock import run_out
from kazna.contexts.cases.actions.watch_terms import watch_terms
from kazna.contexts.cases.sources import Doors
from kazna.events.cause import Cause
from kazna.plumbing.daily import daily


@daily(name="cases.terms", order=30)
def terms(day: date) -> None:
    """Clocks that stood long enough run again; late cases are handed to officers; old offers pass on or end."""
    run_out(day, Doors())
    watch_terms(day)
    watch_offers(day, Cause(None, timezone.now()), Doors())


@daily(name="cases.law", order=31, atomic=False)
def law(day: date) -> None:
    """Figures and editions that came late find the awards they touch."""
    follow_law(day, timezone.now())
