"""Long lists by key: each page asks for rows after the last one shown, never by offset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the address of the next, empty at the end."""

    rows: Sequence[Any]
    next_address: str


def page_of(
    request: HttpRequest,
    read: Callable[[Any], Sequence[Any]],
    *,
    key: Callable[[Any], str],
    parse: Callable[[str], Any],
    size: int,
) -> Page:
    """`read(after)` returns up to size + 1 rows that follow the key `after` (None: from the beginning).

    `key` writes a row's key into the address, `parse` reads it back; what cannot be read means the beginning.
    """
    try:
        after = parse(request.GET["after"])
    except (KeyError, ValueError):
        after = None
    rows = read(after)
    if len(rows) <= size:
        return Page(rows, "")
    rest = {name: value for name, value in request.GET.items() if name != "after"}
    return Page(rows[:size], "?" + urlencode({**rest, "after": key(rows[size - 1])}))


def number(text: str) -> int:
    """A serial number that fits the database's column. Raises ValueError."""
    value = int(text)
    if not 0 <= value < 2**63:
        raise ValueError(text)
    return value


def day_and_id(text: str) -> tuple[date, UUID]:
    """«2026-02-16_9cb8437c-…». Raises ValueError."""
    day, _underscore, row_id = text.partition("_")
    return date.fromisoformat(day), UUID(row_id)
