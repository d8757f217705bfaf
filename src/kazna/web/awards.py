"""Which awards a person is shown as current."""

from collections.abc import Iterable
from datetime import date, timedelta

from kazna.contexts.cases import public as cases

REMEMBERED = timedelta(days=365)


def current(awards: Iterable[cases.AwardView], on: date) -> list[cases.AwardView]:
    """Those in force, and those given once within the last year."""
    return [award for award in awards if award.is_live(on) or _is_recent(award, on)]


def _is_recent(award: cases.AwardView, on: date) -> bool:
    return award.period == "once" and award.stops_on is None and award.granted_on + REMEMBERED > on
