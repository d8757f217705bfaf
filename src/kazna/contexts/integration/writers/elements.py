"""Build outgoing XML."""

from __future__ import annotations

import re

from lxml import etree

NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(
    parent: etree._Element, namespace: str, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    """A child element; attributes that are None are left out."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    set_attributes(element, attributes)
    element.text = text
    return element


def set_attributes(element: etree._Element, attributes: dict[str, str | None]) -> None:
    for name, value in attributes.items():
        if value is not None:
            element.set(name, value)


def to_bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def text_of(words: str) -> str:
    """Text of an element that is written without a tree, spelt as `to_bytes` spells it."""
    if words.isalnum():
        return words
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def as_xml(written: str) -> bytes:
    """Raises ValueError, as the tree does, for what no XML document may hold."""
    if NOT_XML.search(written):
        raise ValueError("control characters in the text of an element")
    return written.encode()
