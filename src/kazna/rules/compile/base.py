"""What every back end shares: the refusal of what it does not know, with the place and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kazna.kernel.errors import DomainError
from kazna.rules.language.nodes import Node


class CannotCompile(DomainError):
    """A back end does not know a construct: the rule is refused at publication, never guessed.

    `place`: file, line and column of the expression («» until a caller names it); `backend`: whose refusal it is.
    """

    sentence = "{place}: {backend} не исполнит правило. {what} {why} {what_to_do}"

    def __init__(self, *, backend: str, what: str, why: str = "", what_to_do: str = "", place: str = "") -> None:
        super().__init__(backend=backend, what=what, why=why, what_to_do=what_to_do, place=place)

    def at(self, place: str) -> CannotCompile:
        """The same refusal with its place named."""
        return CannotCompile(**{**self.facts, "place": place})


@contextmanager
def compiling(place: object) -> Iterator[None]:
    """Name the place of refusals raised inside, unless an inner caller has named it."""
    try:
        yield
    except CannotCompile as refusal:
        raise refusal if refusal.facts["place"] else refusal.at(_where(place)) from refusal


def _where(place: object) -> str:
    parts = [getattr(place, name, None) for name in ("file", "line", "column")]
    return ":".join(str(part) for part in parts) if None not in parts else str(place)


def unknown_node(backend: str, node: Node) -> CannotCompile:
    """The refusal of a node class the back end has never heard of."""
    return CannotCompile(
        backend=backend,
        what=f"Конструкция «{type(node).__name__}» (знак {node.position + 1}) этому исполнителю незнакома.",
        why="Угадывать смысл правила нельзя.",
        what_to_do="Исполняйте меру точным интерпретатором или упростите выражение.",
    )
