"""Build outgoing XML."""

from __future__ import annotations

from lxml import etree


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
