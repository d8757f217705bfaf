"""Walk a validated tree by local names: every message has two namespaces of its own and the same words in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

from kazna.contexts.integration.contracts import Statement
from kazna.contexts.integration.readers.refusals import unreadable
from kazna.kernel.money import Money
from kazna.kernel.periods import Period

XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement and the place of its record in the document, for remarks."""

    where: str
    statement: Statement


def place(element: etree._Element) -> str:
    return f"строка {element.sourceline}"


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Direct children of that local name, in any namespace or none."""
    return element.iterchildren(f"{{*}}{name}")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def required(element: etree._Element, *path: str) -> etree._Element:
    """Like `child` for what the schema guarantees."""
    found = child(element, *path)
    if found is None:
        raise LookupError("/".join(path))
    return found


def value(element: etree._Element | None, name: str) -> str | None:
    """An attribute or the text of a child by that name, stripped; None when absent, empty or nil.

    Editions of one format move the same word between attributes and elements.
    """
    if element is None:
        return None
    found = element.get(name)
    if found is None:
        one = next(children(element, name), None)
        found = None if one is None or one.get(XSI_NIL) in ("true", "1") else one.text
    return (found or "").strip() or None


def needed(element: etree._Element, name: str) -> str:
    """Like `value` for what the schema guarantees; an empty text counts as missing."""
    found = value(element, name)
    if found is None:
        raise unreadable(
            "schema", place(element), what=f"«{name}» не заполнено.", expected=f"непустое значение «{name}»"
        )
    return found


def day(element: etree._Element | None, name: str) -> date | None:
    """A calendar day; the time zone that xs:date allows is dropped, the day as written stays."""
    text = value(element, name)
    return None if text is None or element is None else to_day(text, place(element), name)


def needed_day(element: etree._Element, name: str) -> date:
    return to_day(needed(element, name), place(element), name)


def to_day(text: str, where: str, field: str) -> date:
    """«2000-04-21+04:00», «2000-04-21T10:00:00» → 21 April 2000."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as problem:
        raise unreadable(
            "schema", where, what=f"«{field}»: «{text[:30]}» нет в календаре.", expected="дата вида 2025-03-14"
        ) from problem


def calendar_day(element: etree._Element, name: str, parts: str) -> date | None:
    """A full day given whole (`name`) or by parts (`parts`: День, Месяц, Год); None when a part is unknown."""
    if value(element, name):
        return day(element, name)
    by_parts = child(element, parts)
    numbers = [value(by_parts, part) for part in ("Год", "Месяц", "День")]
    if by_parts is None or None in numbers:
        return None
    year, month, number = (str(one) for one in numbers)
    return to_day(f"{year[:4]}-{month:0>2}-{number:0>2}", place(by_parts), parts)


def earliest_day(element: etree._Element, name: str, parts: str) -> date:
    """Like `calendar_day`; unknown month and day count as the first."""
    by_parts = child(element, parts)
    if value(element, name) or by_parts is None:
        return needed_day(element, name)
    year = needed(by_parts, "Год")[:4]
    month, number = value(by_parts, "Месяц") or "1", value(by_parts, "День") or "1"
    return to_day(f"{year}-{month:0>2}-{number:0>2}", place(by_parts), parts)


def kopecks(text: str) -> int:
    """«1234.50» roubles → 123450."""
    return Money.of_roubles(text).kopecks


def is_true(text: str | None) -> bool:
    return text in ("true", "1")


def closed_period(first: date, last: date | None, where: str) -> Period:
    """Both days inside; refused when it ends before it starts (by one day is an empty period)."""
    if last is not None and last < first - timedelta(days=1):
        raise unreadable("period_reversed", where, start=first, end=last)
    return Period.inclusive(first, last)
