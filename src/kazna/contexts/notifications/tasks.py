"""Daily work of notifications."""

from datetime import date

from kazna.contexts.notifications.actions.send_emails import send_emails
from kazna.plumbing.daily import daily


@daily(name="notifications.send", order=80, atomic=False)
def send(day: date) -> None:
    """Carry the day's notices by e-mail."""
    send_emails()
