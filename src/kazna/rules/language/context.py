"""What typing an expression carries along: the scope, the mistakes found, the relation being looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kazna.rules.language.nodes import Literal, Node
from kazna.rules.language.scope import Scope
from kazna.rules.language.syntax import Tree
from kazna.rules.language.tokens import Mistake
from kazna.rules.language.types import BROKEN, INT64, Kind, Type


@dataclass(slots=True)
class Context:
    """`relation`: the one whose member an enclosing aggregate looks at, else None."""

    scope: Scope
    node: Callable[[Tree], Node] = field(init=False)
    mistakes: list[Mistake] = field(default_factory=list)
    relation: str | None = None

    def mistake(self, tree: Tree, code: str, what: str, why: str = "", what_to_do: str = "") -> Node:
        """Note the mistake and stand in for the part, so that the rest is still checked."""
        self.mistakes.append(Mistake(tree.position, code, what, why, what_to_do))
        return broken(tree)

    def fits(self, tree: Tree, node: Node) -> Node:
        """The node, unless its number may pass 64 bits."""
        if node.type.is_number and node.type.numerator_bound() > INT64:
            return self.mistake(
                tree,
                "overflow",
                "Число может не поместиться в 64 бита.",
                "По объявленным диапазонам фактов результат слишком велик.",
                "Сузьте range факта или округлите раньше.",
            )
        return node


def broken(tree: Tree) -> Node:
    return Literal(BROKEN, tree.position, False)


def is_broken(*nodes: Node) -> bool:
    return any(node.type.kind is Kind.BROKEN for node in nodes)


def described(kind: Type) -> str:
    """The type as a word for messages."""
    return kind.kind.value
