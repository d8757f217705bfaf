"""Grow XML trees in one namespace at a time and turn them into bytes that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

Element = etree._Element
Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One namespace of a message; calling it adds a child, attributes set to None are left out."""

    namespace: str

    def root(self, name: str, *, prefixes: dict[str, str], **attributes: Value) -> Element:
        element = etree.Element(f"{{{self.namespace}}}{name}", nsmap=prefixes)
        write_attributes(element, attributes)
        return element

    def __call__(self, parent: Element, name: str, text: Value = None, **attributes: Value) -> Element:
        element = etree.SubElement(parent, f"{{{self.namespace}}}{name}")
        if text is not None:
            element.text = as_text(text)
        write_attributes(element, attributes)
        return element


def write_attributes(element: Element, attributes: dict[str, Value]) -> None:
    for name, value in attributes.items():
        if value is not None:
            element.set(name, as_text(value))


def as_text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def to_bytes(root: Element) -> bytes:
    """UTF-8 with a declaration; the same tree always gives the same bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
