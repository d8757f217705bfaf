"""Give every construct of a tree its meaning and type; report all mistakes, not the first."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kazna.rules.language import aggregates, calls, names, operators
from kazna.rules.language.context import Context
from kazna.rules.language.nodes import Literal, Node
from kazna.rules.language.parsing import parse
from kazna.rules.language.scope import Scope
from kazna.rules.language.syntax import Tree
from kazna.rules.language.tokens import Mistake
from kazna.rules.language.types import BOOL, DATE, money, number, text

HANDLERS = {
    "name": names.name,
    "keyed": names.keyed,
    "at": names.at,
    "and": operators.joined,
    "or": operators.joined,
    "not": operators.negated,
    "compare": operators.compared,
    "between": operators.between,
    "in": operators.one_of,
    "known": operators.known,
    "otherwise": operators.presumed,
    "if": operators.choice,
    "+": operators.added,
    "-": operators.added,
    "*": operators.multiplied,
    "/": operators.divided,
    "call": calls.called,
    "aggregate": aggregates.aggregated,
}


def typed(text_of_rule: str, scope: Scope, *, relation: str | None = None) -> tuple[Node | None, list[Mistake]]:
    """The typed expression and its mistakes; None when it cannot even be read.

    `relation`: names `relation.x` mean the candidate (the `when` of a relation's part).
    """
    try:
        tree = parse(text_of_rule)
    except Mistake as mistake:
        return None, [mistake]
    return typed_tree(tree, scope, relation=relation)


def typed_tree(tree: Tree, scope: Scope, *, relation: str | None = None) -> tuple[Node, list[Mistake]]:
    """As `typed`, for a tree already read."""
    context = Context(scope, relation=relation)

    def node(part: Tree) -> Node:
        if part.kind in HANDLERS:
            return HANDLERS[part.kind](context, part)
        return literal(part)

    context.node = node
    return node(tree), context.mistakes


def literal(tree: Tree) -> Node:
    """A constant; whole numbers become ints so that arithmetic stays fast."""
    value = tree.value
    if isinstance(value, bool):
        return Literal(BOOL, tree.position, value)
    if isinstance(value, date):
        return Literal(DATE, tree.position, value)
    if isinstance(value, str):
        return Literal(text((value,)), tree.position, value)
    assert isinstance(value, Fraction)
    plain = value.numerator if value.denominator == 1 else value
    if tree.kind == "rub" and value.denominator == 1:
        return Literal(money(value, value), tree.position, plain)
    kind = number(value, value, value.denominator, True, is_money=tree.kind == "rub")
    return Literal(kind, tree.position, plain)
