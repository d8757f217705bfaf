"""The door of `employers`: who pays premiums, by ЕГРЮЛ and ЕГРИП."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kazna.contexts.employers import queries
from kazna.contexts.employers.actions import load_employers as _load
from kazna.contexts.employers.contracts import (
    Employer,
    EmployerRecord,
    EmployerRow,
    EmployersRefused,
    EmployerUnknown,
    Loaded,
    Wrong,
)

__all__ = [
    "Employer",
    "EmployerRecord",
    "EmployerRow",
    "EmployerUnknown",
    "EmployersRefused",
    "Loaded",
    "Wrong",
    "employer",
    "find",
    "history",
    "load_employers",
]


def load_employers(path: Path, *, progress: Callable[[int], None] = lambda done: None) -> Loaded:
    """Take in a file of extracts; records with mistakes are told and left out. Repeated, it changes nothing.

    `progress` is told how many records are behind. Raises EmployersRefused where the file breaks off.
    """
    return _load.load_employers(path, progress=progress)


def find(
    text: str, *, registered_on: date | None = None, limit: int = 20, after: tuple[str, str] | None = None
) -> list[EmployerRow]:
    """By ИНН, ОГРН or the beginning of the name; empty text: all. `registered_on` leaves those registered that day.

    `after` is (sort_key, ogrn) of the last row seen.
    """
    return queries.find(text, registered_on=registered_on, limit=limit, after=after)


def employer(number: str, *, on: date | None = None) -> Employer:
    """By ОГРН or ИНН, as the newest extract of the day `on` or before told. Raises EmployerUnknown."""
    return queries.employer(number, on=on)


def history(ogrn: str) -> list[Employer]:
    """What extracts told of an employer, the newest day first; up to 500."""
    return queries.history(ogrn)
