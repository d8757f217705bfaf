"""Read other people's XML safely: no entities, no network, names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kazna.kernel.errors import DomainError
from kazna.standins.documents.tree import Element


class MessageNotUnderstood(DomainError):
    """The body is not the message this address takes."""

    sentence = "Сообщение не разобрано: {what}."


def read_root(body: bytes, *expected: str) -> Element:
    """Parse and check the root's local name against those taken; raise MessageNotUnderstood."""
    root = read_any(body)
    if local_name(root) not in expected:
        raise MessageNotUnderstood(what=f"корень {local_name(root)}, ожидался {' или '.join(expected)}")
    return root


def read_any(body: bytes) -> Element:
    """Parse, whatever the root; raise MessageNotUnderstood."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as problem:
        raise MessageNotUnderstood(what=str(problem)) from None


def local_name(element: Element) -> str:
    return etree.QName(element).localname


def every(root: Element, name: str) -> Iterator[Element]:
    return root.iter(f"{{*}}{name}", name)


def element(root: Element, name: str) -> Element:
    """The first element with this local name; raise MessageNotUnderstood when there is none."""
    for found in every(root, name):
        return found
    raise MessageNotUnderstood(what=f"нет элемента {name}")


def text_of(root: Element, name: str) -> str:
    return (element(root, name).text or "").strip()


def optional_text(root: Element, name: str) -> str | None:
    """Text of the first element with this name, None when it is absent or empty."""
    found = next(every(root, name), None)
    return None if found is None else (found.text or "").strip() or None


def attribute(owner: Element, name: str) -> str:
    value = owner.get(name)
    if value is None:
        raise MessageNotUnderstood(what=f"нет атрибута {name} у {local_name(owner)}")
    return value
