"""Daily work of programmes: reports are asked for, what is over ends, families are looked at."""

from datetime import date

from kazna.contexts.programmes.actions.end_programme import finish_in_time
from kazna.contexts.programmes.actions.follow_programme import remind_reports
from kazna.contexts.programmes.actions.watch_family import watch_families
from kazna.plumbing.daily import daily


@daily(name="programmes.day", order=40)
def programmes(day: date) -> None:
    """In this order: a programme that ends today is not reminded of reports."""
    finish_in_time(day)
    remind_reports(day)
    watch_families(day)
