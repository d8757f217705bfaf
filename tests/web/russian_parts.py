"""What on an English page is said in Russian without saying so, and marks that stand where only words may be."""

import re
from html.parser import HTMLParser

RUSSIAN = re.compile("[А-Яа-яЁё]{3}")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ONLY_WORDS = {"title", "option", "textarea", "script", "style", "text", "tspan", "desc"}


class RussianParts(HTMLParser):
    """`unmarked`: Russian words among English ones; `misplaced`: marks in an attribute, a title, or shown as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.unmarked: list[str] = []
        self.misplaced: list[str] = []

    def handle_starttag(self, tag, pairs):
        said = dict(pairs)
        self.misplaced += [str(value) for value in said.values() if value and "<span" in value]
        if tag == "span" and self.open and self.open[-1][0] in ONLY_WORDS:
            self.misplaced.append(f"<span> in <{self.open[-1][0]}>")
        if tag not in VOID:
            self.open.append((tag, said.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, language = self.open[-1] if self.open else ("", "")
        if "<span" in data or "&lt;span" in data:
            self.misplaced.append(data)
        if language == "en" and tag not in ONLY_WORDS and RUSSIAN.search(data):
            self.unmarked.append(" ".join(data.split())[:80])


def russian_parts(html: str) -> RussianParts:
    parts = RussianParts()
    parts.feed(html)
    return parts
