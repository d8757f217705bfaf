"""A personal file as one PDF: a cover, an inventory with sheets, every document in order, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kazna.contexts.cases.bodies import body_title
from kazna.contexts.cases.contracts import FilePaper
from kazna.contexts.cases.wording import long_day
from kazna.contexts.registers.contracts import PersonCard
from kazna.kernel.identifiers import format_snils
from kazna.plumbing.paper.seal import seal
from kazna.plumbing.paper.typeset import typeset

TEMPLATE = Path(__file__).with_suffix(".typ")


def printed_file(card: PersonCard, papers: Sequence[FilePaper], *, body: str, on: date) -> bytes:
    """The whole file. An empty one has an empty inventory."""
    about = [f"СНИЛС {format_snils(card.snils)}"] if card.snils else []
    about += [f"дата рождения {card.birth_date:%d.%m.%Y}"] if card.birth_date else []
    data = {
        "title": f"Личное дело: {card.full_name}",
        "body": body_title(body),
        "person": card.full_name,
        "about": ", ".join(about),
        "made_on": long_day(on),
        "papers": [
            {"on": f"{paper.on:%d.%m.%Y}", "title": paper.title, "lines": list(paper.lines)} for paper in papers
        ],
    }
    return seal(typeset(TEMPLATE, data), reason="Личное дело")
