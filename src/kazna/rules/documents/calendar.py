"""The calendar of working days as the government set it, year by year."""

from __future__ import annotations

from datetime import date

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.evaluate.calendar import SATURDAY, Calendar

KEYS = ("title", "law", "source", "notes", "years")
YEAR_KEYS = ("days_off", "working_weekends", "verified", "notes")


def read_calendar(findings: Findings, document: Entry) -> Calendar:
    """`years: {2025: {days_off: [...], working_weekends: [...]}}`; a year that is absent is not described."""
    section = document.get("calendar")
    if not findings.only_keys(document, ("calendar",), "файл календаря") or section is None:
        return Calendar()
    findings.only_keys(section, KEYS, "календарь")
    for key in ("law", "source"):
        findings.needed(section, key, "календарь")
    years = findings.needed(section, "years", "календарь")
    days_off: dict[int, frozenset[date]] = {}
    weekends: dict[int, frozenset[date]] = {}
    for key, entry in years.items() if years else []:
        what = f"год «{key}» календаря"
        if not key.isdigit() or len(key) != 4:
            findings.add(entry.place, "year_needed", f"Здесь нужен год: {what}.", what_to_do="Пишите 2025.")
        elif findings.only_keys(entry, YEAR_KEYS, what):
            findings.needed(entry, "days_off", what)
            days_off[int(key)] = _days(findings, entry.get("days_off"), int(key), weekend=False)
            weekends[int(key)] = _days(findings, entry.get("working_weekends"), int(key), weekend=True)
    return Calendar(days_off, weekends)


def _days(findings: Findings, section: Entry | None, year: int, *, weekend: bool) -> frozenset[date]:
    found = set()
    for part in section.parts() if section else []:
        day = findings.day(part)
        if day is None:
            continue
        if day.year != year or (day.weekday() >= SATURDAY) != weekend:
            kind = "выходной недели" if weekend else "будний день"
            findings.add(
                part.place, "calendar_day", f"Нужен {kind} {year} года, а стоит {day}.", what_to_do="Исправьте."
            )
        found.add(day)
    return frozenset(found)
