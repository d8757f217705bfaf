"""What the calendar starts here."""

from __future__ import annotations

from datetime import date

from kazna.contexts.integration.actions.send_requests import send_requests, try_all_again
from kazna.plumbing.daily import daily

AFTER_THE_DAYS_WORK = 900


@daily(name="integration.send_requests", order=AFTER_THE_DAYS_WORK, atomic=False)
def send_questions(day: date) -> None:
    """Send what the day's work wanted to know; a new day gives what failed or was cut off another try."""
    try_all_again()
    send_requests()
