"""Forms found on a page: where they send, with which fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class FoundField:
    """`values`: what may be chosen; of a hidden field and a button, what is sent."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class FoundForm:
    address: str
    method: str
    fields: list[FoundField] = field(default_factory=list)

    def of_name(self, name: str, kind: str) -> FoundField:
        """Radios and boxes of one name are one field; so are buttons."""
        known = next((one for one in self.fields if (one.name, one.kind) == (name, kind)), None)
        if known is None:
            known = FoundField(name, kind)
            self.fields.append(known)
        return known


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self._select = page, [], None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        told = dict(pairs)
        if tag == "form":
            self.forms.append(FoundForm(urljoin(self.page, told.get("action") or ""), told.get("method") or "get"))
        elif not self.forms:
            return
        elif tag == "option" and self._select:
            self._select.values.append(told.get("value") or "")
        elif tag in ("input", "select", "textarea", "button") and told.get("name"):
            kind = told.get("type") or "text" if tag == "input" else tag
            found = self.forms[-1].of_name(told["name"] or "", kind)
            self._select = found if tag == "select" else self._select
            if tag in ("input", "button"):
                found.values.append(told.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._select = None if tag == "select" else self._select


def forms_of(page: str, html: str) -> list[FoundForm]:
    """All forms of the page in order; a field outside every form belongs to the last one before it."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms
