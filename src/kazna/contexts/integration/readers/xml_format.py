"""What an XML message we take is: root, schemas, holder, reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.readers.elements import Placed, needed_day

Read = Callable[[etree._Element], Iterator[Placed]]


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """`agency` is the only holder such a message is taken from.

    Editions that share one root and namespace have several schemas, the newest first: the message is valid
    when one of them takes it, and is told what the first has against it when none does.
    `is_pushed`: the holder may also send this answer without being asked, see `holders/pushed.py`.
    """

    kind: Kind
    agency: str
    schemas: tuple[str, ...]
    read: Read
    reported_on: Callable[[etree._Element], date | None]
    is_pushed: bool = False


def informed_on(root: etree._Element) -> date:
    return needed_day(root, "ДатаСвед")


def undated(root: etree._Element) -> None:
    """A message without a day of its own speaks of the day it came."""
    return None
