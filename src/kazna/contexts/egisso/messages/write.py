"""Write a message of the album: plain values in, elements in the order and namespaces of the schema out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from kazna.contexts.egisso.messages.catalogue import BY_KEY, Message
from kazna.contexts.egisso.messages.shape import Plain, to_theirs
from kazna.contexts.egisso.messages.tables import Block, Row, album


def write_record(parent: etree._Element, row: Row, value: Any) -> None:
    """Append one element, or as many as there are values of a repeated one."""
    if row.most > 1 and isinstance(value, list):
        for one in value:
            _append(parent, row, one)
        return
    _append(parent, row, value)


def _append(parent: etree._Element, row: Row, value: Any) -> None:
    element = etree.SubElement(parent, row.tag)
    if row.block is None:
        element.text = value if type(value) is str else _text(value)
        return
    fill(element, row.block, value)


def fill(element: etree._Element, block: Block, values: Plain) -> None:
    """The block's elements that have a value, in the order of the schema, and its attributes."""
    if block.has_attributes:
        element.text = values.get("")
        for name, value in values.items():
            if name.startswith("@") and value is not None:
                element.set(name[1:], _text(value))
    for row in block.rows:
        value = values.get(row.name)
        if value is not None:
            write_record(element, row, value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def document(root: Row, values: Plain) -> etree._Element:
    """A whole message from plain values."""
    element = etree.Element(root.tag, nsmap=_prefixes(root))
    if root.block is not None:
        fill(element, root.block, values)
    return element


def package(key: str, package_id: str, records: Iterable[tuple[str, Plain]]) -> etree._Element:
    """A package of records given as (element name, record in our words), grouped as the schema wants them."""
    message = BY_KEY[key]
    grouped: dict[str, list[Plain]] = {}
    for name, ours in records:
        grouped.setdefault(name, []).append(to_theirs(ours, message.kinds[name].mapping))
    return document(message.root, envelope(message, package_id, grouped))


def envelope(message: Message, package_id: str, elements: Plain) -> Plain:
    """The head of a package around its elements."""
    block = message.root.block
    assert block is not None
    inner = block.by_name.get("package")
    holder = inner.block if inner and inner.block else block
    ident = "packageID" if "packageID" in holder.by_name else "packageId"
    head = {ident: package_id, "elements": elements}
    return {"package": head} if inner else head


def answer_root(key: str) -> Row:
    """The root of the answer to a message. Raises KeyError for a message that has none."""
    message = BY_KEY[key]
    code, _, version = (message.answered_by or message.key).partition("/")
    name = "assignmentFactResponse" if code == "10.36.S" else "response"
    return album(f"{code}-{version}.xsd").root(f"{{urn://egisso-ru/msg/{code}/{version}}}{name}")


def to_bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _prefixes(root: Row) -> dict[str | None, str]:
    """Readable prefixes: the last word of the namespace, numbered when it repeats."""
    found: dict[str | None, str] = {}
    for space in dict.fromkeys(_spaces(root, set())):
        word = next((part for part in reversed(space.split("/")) if part and not part[0].isdigit()), "ns")
        prefix = "msg" if "/msg/" in space else "".join(c for c in word if c.isalnum()).lower() or "ns"
        while prefix in found:
            prefix += "x"
        found[prefix] = space
    return found


def _spaces(row: Row, seen: set[int]) -> Iterator[str]:
    if row.tag.startswith("{"):
        yield row.tag[1:].partition("}")[0]
    if row.block is None or id(row.block) in seen:
        return
    seen.add(id(row.block))
    for inner in row.block.rows:
        yield from _spaces(inner, seen)
