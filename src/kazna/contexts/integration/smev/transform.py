"""The transform `urn://smev-gov-ru/xmldsig/transform`: one spelling for equal messages.

Rules of СМЭВ 3 (Методические рекомендации, приложение о подписи): no declaration, comments or instructions;
text of nothing but blanks is dropped, other text is kept; prefixes become ns1, ns2 … in the order they are
needed and are declared where first used; attributes go by namespace and name, those without one last.
Text is escaped: without that `&lt;a/&gt;` and `<a/>` would have one signature (ADR of the exchange).
"""

from __future__ import annotations

from itertools import count

from lxml import etree

MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
QUOTED = MARKUP | str.maketrans({'"': "&quot;", "\t": "&#x9;", "\n": "&#xA;"})


def transform(element: etree._Element) -> bytes:
    """UTF-8 octets of the element, its tail left out. Depth is bounded by the parser."""
    out: list[str] = []
    numbers = count(1)
    _write(element, {}, numbers, out)
    return "".join(out).encode()


def _write(element: etree._Element, known: dict[str, str], numbers: count[int], out: list[str]) -> None:
    prefixes = dict(known)
    declared: list[str] = []

    def spelled(name: str) -> str:
        uri, local = _parts(name)
        if not uri:
            return local
        if uri not in prefixes:
            prefixes[uri] = f"ns{next(numbers)}"
            declared.append(f' xmlns:{prefixes[uri]}="{uri.translate(QUOTED)}"')
        return f"{prefixes[uri]}:{local}"

    name = spelled(element.tag)
    attributes = [
        f' {spelled(key)}="{value.translate(QUOTED)}"'
        for key, value in sorted(element.attrib.items(), key=_attribute_order)
    ]
    out += ["<", name, *declared, *attributes, ">"]
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            _write_text(text, out)
            _write(child, prefixes, numbers, out)
            text = child.tail or ""
        else:  # a comment or an instruction: the text around it is one
            text += child.tail or ""
    _write_text(text, out)
    out += ["</", name, ">"]


def _write_text(text: str, out: list[str]) -> None:
    if text.strip():
        out.append(text.translate(MARKUP))


def _parts(name: str) -> tuple[str, str]:
    uri, brace, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    return (uri, local) if brace else ("", name)


def _attribute_order(item: tuple[str, str]) -> tuple[bool, str, str]:
    uri, local = _parts(item[0])
    return not uri, uri, local
