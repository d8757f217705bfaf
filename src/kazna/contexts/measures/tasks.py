"""Daily work: questions whose day has come."""

from datetime import UTC, date, datetime

from kazna.contexts.integration import public as integration
from kazna.contexts.measures.handlers import reconsider
from kazna.contexts.measures.needy import count_needy, follow_moves
from kazna.contexts.reference import public as reference
from kazna.events.cause import Cause
from kazna.plumbing.daily import daily
from kazna.plumbing.rounds import every

NEEDY_SECONDS = 15


@daily(name="measures.reconsider", order=20)
def reconsider_due(day: date) -> None:
    reconsider(day, Cause(None, datetime.now(UTC)))


@daily(name="measures.repeat_overdue", order=30)
def repeat_overdue(day: date) -> None:
    """Ask anew what agencies have not answered in their working days."""
    if integration.smev_agencies():
        integration.repeat_overdue(on=day, answer_by=reference.add_working_days(day, integration.answer_days()))


@daily(name="measures.needy", order=98, atomic=False)
def needy(day: date) -> None:
    """The register of the needy of the day, with those who moved."""
    count_needy()
    follow_moves()


@every(NEEDY_SECONDS, name="measures.needy", always=True)
def needy_between() -> None:
    """Answers of the last seconds."""
    count_needy()
