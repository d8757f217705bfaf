"""Daily work: questions whose day has come."""

from datetime import UTC, date, datetime

from kazna.contexts.measures.handlers import reconsider
from kazna.events.cause import Cause
from kazna.plumbing.daily import daily


@daily(name="measures.reconsider", order=20)
def reconsider_due(day: date) -> None:
    reconsider(day, Cause(None, datetime.now(UTC)))
