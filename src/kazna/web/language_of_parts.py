"""On an English screen what is said in Russian is marked so: names, titles of measures, sentences of the law.

A voice that reads English would spell Cyrillic letter by letter (WCAG 3.1.2, language of parts). Which of its places
stand among words and which in an attribute or a title, where no marks may be, a template tells when it is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import nodes
from markupsafe import Markup, escape

RUSSIAN, LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]")
OPENED = re.compile(r"<(/?)([a-zA-Z][\w-]*)|<!")
MARKED = re.compile('<span lang="ru">(.*?)</span>', re.DOTALL)
WORDS_ONLY = frozenset({"title", "option", "textarea", "script", "style", "text", "tspan", "desc"})  # of charts too


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a page something is said: among words, unless in a tag (`tag`) or in what holds words only (`inside`).

    `told`: the tag just read names its language itself. `quote`: that of an attribute that is open.
    """

    tag: str = ""
    quote: str = ""
    inside: str = ""
    told: bool = False

    @property
    def may_be_marked(self) -> bool:
        return not (self.tag or self.inside or self.told)

    def after(self, html: str) -> Place:
        """The place behind this text of a template."""
        here, at = self, 0
        while at < len(html):
            here, at = here._in_tag(html, at) if here.tag else here._in_words(html, at)
        return here

    def _in_words(self, html: str, at: int) -> tuple[Place, int]:
        while found := OPENED.search(html, at):
            at = found.end()
            name = (found[2] or "!").lower()
            if not self.inside or (found[1] and name == self.inside):
                return Place(tag=found[1] + name if found[1] else name), at
        return self, len(html)

    def _in_tag(self, html: str, at: int) -> tuple[Place, int]:
        for end in range(at, len(html)):
            letter = html[end]
            if self.quote:
                if letter == self.quote:
                    return replace(self, quote=""), end + 1
            elif letter in "\"'":
                told = self.told or html[at:end].rstrip().endswith(" lang=")
                return replace(self, quote=letter, told=told), end + 1
            elif letter == ">":
                return Place(inside=self.tag if self.tag in WORDS_ONLY else "", told=self.told), end + 1
        return self, len(html)


BLOCKS = {"title": Place(inside="title"), "body_data": Place(tag="body")}  # where the frame has them


def mark_places(tree: nodes.Template) -> None:
    """Each expression of the template among words is shown with its language, each elsewhere without marks."""
    _walk(tree.body, Place())


def _walk(body: Sequence[nodes.Node], here: Place) -> Place:
    for node in body:
        if isinstance(node, nodes.Output):
            here = _say(node, here)
        elif isinstance(node, nodes.If):
            ends = [_walk(part, here) for part in (node.body, *([one] for one in node.elif_), node.else_)]
            here = ends[0]
        elif isinstance(node, nodes.For):
            _walk(node.else_, here)
            here = _walk(node.body, here)
        elif isinstance(node, nodes.Block):
            end = _walk(node.body, BLOCKS.get(node.name, here))
            here = here if node.name in BLOCKS else end
        elif isinstance(node, (nodes.Macro, nodes.CallBlock, nodes.AssignBlock)):
            _walk(node.body, Place())
        elif isinstance(inner := getattr(node, "body", None), list):
            here = _walk(inner, here)
    return here


def _say(node: nodes.Output, here: Place) -> Place:
    for at, part in enumerate(node.nodes):
        if isinstance(part, nodes.TemplateData):
            here = here.after(part.data)
        elif not (isinstance(part, nodes.Const) and not RUSSIAN.search(str(part.value))):
            name = "in_its_language" if here.may_be_marked else "without_marks"
            node.nodes[at] = nodes.Filter(part, name, [], [], None, None).set_lineno(part.lineno)
    return here


def in_its_language(told: Any) -> Markup:
    """Words that are mostly Russian, marked; what has tags of its own has marked its words itself."""
    text = escape(told)
    if "<" in text or not RUSSIAN.search(text) or len(RUSSIAN.findall(text)) < len(LATIN.findall(text)):
        return text
    return Markup(f'<span lang="ru">{text}</span>')


def without_marks(told: Any) -> Any:
    """For an attribute, a title or a choice: what a macro said, in words only."""
    return Markup(MARKED.sub(r"\1", str(told))) if isinstance(told, Markup) and "<span" in told else told
