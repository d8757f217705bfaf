"""Put what was typed into the form of a page that is already drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

NEVER = {"hidden", "submit", "button", "image", "file", "password", "reset"}
NO_WORDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\d_a-z]{0,40}")


def filled(page: str, *, at: str, sent_to: str, typed: dict[str, list[str]], banner: Callable[[list[str]], str]) -> str:
    """The page with its form filled and a banner on top; the banner is told which words found no field."""
    document = html.document_fromstring(page)
    form = _form(document, at, sent_to, typed)
    placed = _fill(form, typed) if form is not None else set()
    left = [value for name, values in typed.items() if name not in placed for value in values if _is_words(value)]
    main = document.find(".//main")
    if main is not None:
        main.insert(0, html.fragment_fromstring(banner(left)))
    return str(etree.tostring(document, encoding="unicode", method="html", doctype="<!doctype html>"))


def _form(document: html.HtmlElement, at: str, sent_to: str, typed: dict[str, list[str]]) -> html.HtmlElement | None:
    """The form that sends where the kept one was sent; of several, the one with most of its fields."""

    def alike(form: html.HtmlElement) -> int:
        return len({field.get("name") for field in form.iter("input", "select", "textarea")} & set(typed))

    def path(address: str) -> str:
        return urlsplit(urljoin(at, address)).path

    ours = [
        form
        for form in document.iter("form")
        if (form.get("method") or "get").lower() == "post" and path(form.get("action") or "") == path(sent_to)
    ]
    return max(ours, key=alike, default=None)


def _fill(form: html.HtmlElement, typed: dict[str, list[str]]) -> set[str]:
    """Names of the fields that were there to be filled; several fields of one name take their values in turn."""
    placed: set[str] = set()
    waiting = {name: list(values) for name, values in typed.items()}
    for field in form.iter("input", "select", "textarea"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or (field.tag == "input" and kind in NEVER - {"hidden"}):
            continue
        placed |= {name} & set(typed)
        if field.tag == "input" and kind == "hidden":
            continue
        if field.tag == "input" and kind in ("checkbox", "radio"):
            if kind == "checkbox" or name in typed:
                _set(field, "checked", field.get("value", "on") in typed.get(name, []))
        elif field.tag == "select" and name in typed:
            for option in field.iter("option"):
                _set(option, "selected", option.get("value", option.text or "") in typed[name])
        elif name in typed and waiting[name]:
            value = waiting[name].pop(0)
            if field.tag == "textarea":
                field.text = f"\n{value}"
            else:
                field.set("value", value)
    return placed


def _set(element: html.HtmlElement, flag: str, is_on: bool) -> None:
    if is_on:
        element.set(flag, flag)
    else:
        element.attrib.pop(flag, None)


def _is_words(value: str) -> bool:
    """Not the code of a button or of a choice."""
    return bool(value.strip()) and not NO_WORDS.fullmatch(value)
