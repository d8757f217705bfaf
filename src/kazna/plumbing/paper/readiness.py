"""Printing needs half a second of loading once a process: fonts, the typesetter, the seal with its key."""

from pathlib import Path

from kazna.plumbing.paper.seal import seal
from kazna.plumbing.paper.typeset import typeset

BLANK = Path(__file__).with_name("blank.typ")


def be_ready_to_print() -> None:
    """Print a blank for nobody, so that nobody's first paper waits."""
    seal(typeset(BLANK, {}), reason="")
