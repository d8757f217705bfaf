"""Long lists by key: each page asks for rows after the last one shown, never by offset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the address of the next, empty at the end."""

    rows: Sequence[Any]
    next_address: str


def page_of(
    request: HttpRequest,
    read: Callable[[int | None], Sequence[Any]],
    *,
    key: Callable[[Any], int],
    size: int,
) -> Page:
    """`read(after)` returns up to size + 1 rows that follow the key `after` (None: from the beginning)."""
    given = request.GET.get("after", "")
    rows = read(int(given) if given.isdecimal() and len(given) < 19 else None)
    if len(rows) <= size:
        return Page(rows, "")
    rest = {name: value for name, value in request.GET.items() if name != "after"}
    return Page(rows[:size], "?" + urlencode({**rest, "after": key(rows[size - 1])}))
