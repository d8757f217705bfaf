"""Work of notifications by the day and by the clock."""

from datetime import date

from django.utils import timezone

from kazna.contexts.notifications.actions.send_emails import send_emails
from kazna.contexts.notifications.actions.send_pushes import send_pushes
from kazna.plumbing.daily import daily
from kazna.plumbing.rounds import every


@daily(name="notifications.send", order=80, atomic=False)
def send(day: date) -> None:
    """Carry the day's notices by e-mail."""
    send_emails()


@every(5, name="notifications.push")
def push() -> None:
    """Tell browsers of what is new, seconds after it is written."""
    send_pushes(timezone.now())
