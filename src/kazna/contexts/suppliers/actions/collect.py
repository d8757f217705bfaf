"""Count how bodies load: weeks, completeness; one set-based pass, repeated without harm."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.models import Holding, Week

DUE_DAYS = 5  # own_: days from the decision to its loading; the regulation's figure is set by the operator
WEEKS_BACK = 26


@transaction.atomic
def collect(*, on: date) -> int:
    """Count the last half a year again; return how many bodies are counted."""
    this_week = on - timedelta(days=on.weekday())
    since, until = this_week - timedelta(weeks=WEEKS_BACK), on + timedelta(days=1)
    bodies = {one.code: one for one in egisso.participants.bodies()}
    regions = {code: one.territory for code, one in bodies.items()}
    loaded = egisso.participants.loaded_by_week(since=since, until=until, due_days=DUE_DAYS)
    rows = [
        Week(body=one.body, region=regions.get(one.body, ""), week=one.week, facts=one.facts, on_time=one.on_time,
             slowest_days=one.slowest_days, measures=one.measures, people=one.people)
        for one in loaded
    ]  # fmt: skip
    Week.objects.filter(week__gte=since).delete()
    Week.objects.bulk_create(rows, batch_size=2000)
    holdings = [
        Holding(body=one.body, title=bodies[one.body].title, region=bodies[one.body].territory,
                oktmo=bodies[one.body].oktmo, registered_on=bodies[one.body].recorded_on, measures=one.measures,
                unused=one.unused, entitled=one.entitled, served=one.served, last_loaded_on=one.last_loaded_on,
                counted_on=on)
        for one in egisso.participants.holdings(on=on)
    ]  # fmt: skip
    Holding.objects.all().delete()
    Holding.objects.bulk_create(holdings, batch_size=2000)
    return len(holdings)
