"""Ask what a measure changed and keep the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.contracts import ImpactNotFound, ImpactView, NoSnapshot, UnknownMeasure
from kazna.contexts.studio.impact.study import Advance, study
from kazna.contexts.studio.models import Impact
from kazna.contexts.studio.scenarios.territory import Territory, kept_codes, kept_territory

MOST_KEPT = 100
NOWHERE = "00"  # people whose region is not known: there is no minimum to hold them against


def study_impact(
    *, measure: str, territory: str, since: date, until: date, by: str, ready: Sequence[Territory] = (),
    advance: Advance = lambda done, total: None,
) -> ImpactView:  # fmt: skip
    """Over one territory of the last snapshot, or over all of them when `territory` is empty.

    Raises UnknownMeasure, NoSnapshot, DaysTooClose, NoMinimum, MatchingNotInstalled.
    """
    law = measures.law_in_force()
    if measure not in law.measures:
        raise UnknownMeasure(measure=measure)
    codes = [territory] if territory else [code for code in kept_codes() if code != NOWHERE]
    where = list(ready) or [kept_territory(code) for code in codes]
    if not where:
        raise NoSnapshot(code=territory or "всех")
    result = study(territories=where, library=law, measure=measure, since=since, until=until, advance=advance)
    row = Impact.objects.create(
        id=uuid4(), measure=measure, territory=territory, since=since, until=until, result=result, asked_by=by
    )
    row.refresh_from_db()
    return _view(row)


def impacts() -> list[ImpactView]:
    """The newest first."""
    return [_view(row) for row in Impact.objects.order_by("-asked_at", "-id")[:MOST_KEPT]]


def impact(impact_id: UUID) -> ImpactView:
    row = Impact.objects.filter(pk=impact_id).first()
    if row is None:
        raise ImpactNotFound
    return _view(row)


def _view(row: Impact) -> ImpactView:
    return ImpactView(row.id, row.measure, row.territory, row.since, row.until, row.result, row.asked_by, row.asked_at)
