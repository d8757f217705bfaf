"""A finished quarter is published by itself."""

from datetime import date

from kazna.contexts.portal.actions.publish_data import publish_data, quarter_before
from kazna.contexts.portal.models import OpenData
from kazna.plumbing.daily import daily

DUE_DAY = 10  # own_: of the first month of a quarter; bodies load the last facts of the old one until then


@daily(name="portal.publish_data", order=97)
def publish_quarter(day: date) -> None:
    """From the tenth day of a quarter the one before it is there; what a person published is left as it is."""
    quarter = quarter_before(day)
    is_due = (day.month - 1) % 3 > 0 or day.day >= DUE_DAY
    if is_due and not OpenData.objects.filter(pk=quarter).exists():
        publish_data(quarter, on=day)
