"""Counting over people of a relation: count, any, all, none, sum, min, max, earliest, latest."""

from __future__ import annotations

from fractions import Fraction

from kazna.rules.language.context import Context, broken, described, is_broken
from kazna.rules.language.nodes import Aggregate, Constant, Literal, Node
from kazna.rules.language.operators import comparable
from kazna.rules.language.syntax import Tree
from kazna.rules.language.types import BOOL, DATE, Kind, Type, hull, number, whole
from kazna.rules.problems import near_miss

OVER_PEOPLE = frozenset({"count", "any", "all", "none"})
EXTREMES = {"min": "min", "max": "max", "earliest": "min", "latest": "max"}


def aggregated(context: Context, tree: Tree) -> Node:
    subject, where, empty = _parts(tree)
    if context.relation is not None:
        return context.mistake(tree, "nested", "Подсчёт внутри подсчёта.", what_to_do="Вынесите внутренний в steps.")
    if tree.word() not in OVER_PEOPLE | EXTREMES.keys() | {"sum"}:
        return context.mistake(tree, "where_here", f"У «{tree.value}» не бывает where и empty.")
    relation = _relation(context, tree, subject)
    if relation is None:
        return broken(tree)
    context.relation = relation
    try:
        condition = _condition(context, where)
        if tree.word() in OVER_PEOPLE:
            return _over_people(context, tree, relation, condition)
        assert subject is not None
        value = context.node(subject)
    finally:
        context.relation = None
    if is_broken(value) or (condition is not None and is_broken(condition)):
        return broken(tree)
    if tree.word() == "sum":
        return _sum(context, tree, relation, value, condition)
    return _extreme(context, tree, relation, value, condition, empty)


def _parts(tree: Tree) -> tuple[Tree | None, Tree | None, Tree | None]:
    subject = where = empty = None
    for child in tree.children:
        if child.kind == "where":
            where = child.children[0]
        elif child.kind == "empty":
            empty = child.children[0]
        else:
            subject = child
    return subject, where, empty


def _relation(context: Context, tree: Tree, subject: Tree | None) -> str | None:
    relations = context.scope.relations
    if subject is None:
        context.mistake(tree, "arguments", "Не сказано, кого считать.", what_to_do=near_miss("", relations))
        return None
    if tree.word() in OVER_PEOPLE:
        if subject.kind == "name" and subject.value in relations:
            return subject.word()
        context.mistake(
            subject,
            "unknown_name",
            f"В «{tree.value}» нужно имя списка людей.",
            what_to_do=near_miss(_word(subject), relations),
        )
        return None
    owners = {name.word().partition(".")[0] for name in subject.names()} & relations.keys()
    if len(owners) != 1:
        context.mistake(
            tree,
            "whose",
            "Считать можно по одному списку людей." if owners else "Не понять, по какому списку считать.",
            what_to_do=f"Так: {tree.value}(член.факт where …).",
        )  # fmt: skip
        return None
    return owners.pop()


def _word(tree: Tree) -> str:
    return tree.value if isinstance(tree.value, str) else ""


def _condition(context: Context, where: Tree | None) -> Node | None:
    if where is None:
        return None
    condition = context.node(where)
    if condition.type.kind not in (Kind.BOOL, Kind.BROKEN):
        return context.mistake(
            where, "truth_needed", f"После where нужно условие, а стоит {described(condition.type)}."
        )
    return condition


def _over_people(context: Context, tree: Tree, relation: str, condition: Node | None) -> Node:
    if condition is not None and is_broken(condition):
        return broken(tree)
    scope = context.scope.relations[relation]
    kind: Type = BOOL
    if tree.value == "count":
        kind = whole(scope.least if condition is None else 0, scope.most)
    elif tree.value == "all" and condition is None:
        return context.mistake(
            tree, "where_needed", "У «all» нужно where.", what_to_do=f"all({relation} where условие)."
        )
    return Aggregate(kind, tree.position, tree.word(), relation, None, condition, None)


def _sum(context: Context, tree: Tree, relation: str, value: Node, condition: Node | None) -> Node:
    if not value.type.is_number:
        return context.mistake(tree, "number_needed", f"Складывать можно числа, а стоит {described(value.type)}.")
    most = context.scope.relations[relation].most
    low, high = min(Fraction(0), value.type.lo * most), max(Fraction(0), value.type.hi * most)
    kind = number(low, high, value.type.parts, value.type.exact, is_money=value.type.kind is Kind.MONEY)
    return context.fits(tree, Aggregate(kind, tree.position, "sum", relation, value, condition, None))


def _extreme(
    context: Context, tree: Tree, relation: str, value: Node, condition: Node | None, empty: Tree | None
) -> Node:
    dates = tree.word() in ("earliest", "latest")
    if dates != (value.type.kind is Kind.DATE) or not (dates or value.type.is_number):
        return context.mistake(tree, "argument_kind", f"«{tree.value}» не берёт: {described(value.type)}.")
    default = _empty_value(context, tree, value, empty)
    if default is None:
        return broken(tree)
    kind = DATE if dates else hull(value.type, default.type)
    constant: Constant = default.value
    return Aggregate(kind, tree.position, EXTREMES[tree.word()], relation, value, condition, constant)


def _empty_value(context: Context, tree: Tree, value: Node, empty: Tree | None) -> Literal | None:
    default = context.node(empty) if empty is not None else None
    if default is None or not isinstance(default, Literal):
        context.mistake(
            tree, "empty_needed", "Нужно значение на случай, когда в группе никого нет.",
            what_to_do=f"Так: {tree.value}(… empty постоянное значение).",
        )  # fmt: skip
        return None
    return default if comparable(context, tree, value, default) else None
