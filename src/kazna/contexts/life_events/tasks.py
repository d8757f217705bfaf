"""The calendar's daily look."""

from datetime import date

from kazna.contexts.life_events.actions.find_by_calendar import find_by_calendar
from kazna.plumbing.daily import daily


@daily(name="life_events.calendar", order=10)
def look_at_the_calendar(day: date) -> None:
    find_by_calendar(day)
