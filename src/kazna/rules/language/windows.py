"""Windows over a series: the sum of some months, or how many of them have an amount."""

from __future__ import annotations

from fractions import Fraction

from kazna.rules.language.context import Context, broken, described, is_broken
from kazna.rules.language.names import resolved
from kazna.rules.language.nodes import FactRef, Literal, MemberFact, Node, Window
from kazna.rules.language.syntax import Tree
from kazna.rules.language.types import INT64, Kind, Type, comparison_bound, money, whole

MOST_MONTHS = 120
USAGES = {
    "window_sum": "window_sum(суммы по месяцам, число месяцев, день)",
    "window_months": "window_months(суммы по месяцам, число месяцев, день, наименьшая сумма)",
}


def windowed(context: Context, tree: Tree) -> Node:
    """`window_sum(member.income, 12, day)` and `window_months(member.income, 12, day, least)`."""
    usage = f"Так: {USAGES[tree.word()]}."
    most = 4 if tree.value == "window_months" else 3
    if not 3 <= len(tree.children) <= most:
        count = len(tree.children)
        return context.mistake(tree, "arguments", f"Не то число аргументов: {count}.", what_to_do=usage)
    series = _series(context, tree.children[0], usage)
    months = _months(context, tree.children[1])
    before = context.node(tree.children[2])
    at_least = context.node(tree.children[3]) if len(tree.children) == 4 else None
    if series is None or months is None or is_broken(before, *((at_least,) if at_least else ())):
        return broken(tree)
    if before.type.kind is not Kind.DATE:
        what = f"Окно кончается перед месяцем какого-то дня, а стоит {described(before.type)}."
        return context.mistake(tree.children[2], "argument_kind", what, what_to_do=usage)
    if at_least is not None and not _amount_fits(context, tree.children[3], series.type, at_least):
        return broken(tree)
    kind = (
        whole(0, months) if tree.value == "window_months" else money(series.type.lo * months, series.type.hi * months)
    )
    return context.fits(tree, Window(kind, tree.position, tree.word(), series, months, before, at_least))


def _series(context: Context, tree: Tree, usage: str) -> FactRef | MemberFact | None:
    node = resolved(context, tree) if tree.kind == "name" else context.node(tree)
    if is_broken(node):
        return None
    if not isinstance(node, (FactRef, MemberFact)) or node.type.kind is not Kind.SERIES:
        what = f"Окно смотрит на суммы по месяцам, а стоит {described(node.type)}."
        context.mistake(tree, "argument_kind", what, what_to_do=usage)
        return None
    return node


def _months(context: Context, tree: Tree) -> int | None:
    """A literal: the size of a window is part of the law, not of the case."""
    found = tree.value if tree.kind == "number" else None
    if isinstance(found, Fraction) and found.denominator == 1 and 1 <= found <= MOST_MONTHS:
        return found.numerator
    what = f"Число месяцев окна — целое от 1 до {MOST_MONTHS}, написанное числом."
    context.mistake(tree, "window_months", what, what_to_do="Например, 12.")
    return None


def _amount_fits(context: Context, tree: Tree, series: Type, at_least: Node) -> bool:
    zero = isinstance(at_least, Literal) and at_least.type.is_number and at_least.value == 0
    if at_least.type.kind is not Kind.MONEY and not zero:
        what = f"Наименьшая сумма месяца — деньги, а стоит {described(at_least.type)}."
        context.mistake(tree, "money_with_number", what, what_to_do="Деньги пишутся с рублями: 100 rub.")
        return False
    if comparison_bound(money(series.lo, series.hi), at_least.type) > INT64:
        what = "Сравнение может не поместиться в 64 бита."
        context.mistake(tree, "overflow", what, what_to_do="Сузьте range факта или округлите раньше.")
        return False
    return True
