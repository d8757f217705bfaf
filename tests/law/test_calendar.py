"""The rule library's calendar of working days is the classifier's: both count the same days."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from kazna.contexts.reference.working_days import DAY_OFF, WORKING_WEEKEND
from kazna.kernel.places import ROOT


def kinds() -> dict[date, str]:
    found: dict[date, str] = {}
    for path in sorted(Path(ROOT / "formats" / "classifiers").glob("production_calendar_*.csv")):
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        found |= {date.fromisoformat(row["date"]): row["kind"] for row in rows}
    return found


def test_every_day_is_a_working_one_in_both_or_in_neither(library):
    calendar, told = library.calendar, kinds()
    assert calendar.years == {day.year for day in told}

    day, end = min(told).replace(month=1, day=1), max(told).replace(month=12, day=31)
    while day <= end:
        kind = told.get(day)
        works = kind not in DAY_OFF and (day.weekday() < 5 or kind in WORKING_WEEKEND)
        assert calendar.is_working(day) == works, day
        day += timedelta(days=1)
