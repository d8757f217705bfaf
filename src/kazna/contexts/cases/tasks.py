"""Daily work of cases."""

from datetime import date

from kazna.contexts.cases.actions.watch_terms import watch_terms
from kazna.plumbing.daily import daily


@daily(name="cases.terms", order=30)
def terms(day: date) -> None:
    """Hand late cases to officers."""
    watch_terms(day)
