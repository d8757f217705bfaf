"""Counts of loading are brought up to date every day."""

from datetime import date

from kazna.contexts.suppliers.actions.collect import collect
from kazna.plumbing.daily import daily


@daily(name="suppliers.collect", order=95)
def collect_loading(day: date) -> None:
    collect(on=day)
