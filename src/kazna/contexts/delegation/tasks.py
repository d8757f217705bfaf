"""Daily work of delegation."""

from datetime import date

from kazna.contexts.delegation.actions.keep_agreements import return_cases
from kazna.plumbing.daily import daily


@daily(name="delegation.return", order=5)
def give_back(day: date) -> None:
    """Agreements that ended yesterday give their cases back before anything else is done today."""
    return_cases(day)
