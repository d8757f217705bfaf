"""Signs: and, or, not, comparisons, arithmetic, choice — with the rules of money and exactness."""

from __future__ import annotations

from fractions import Fraction

from kazna.rules.language.context import Context, broken, described, is_broken
from kazna.rules.language.nodes import (
    Arithmetic,
    Choice,
    Compare,
    IsKnown,
    Joined,
    Literal,
    Node,
    Not,
    OneOf,
    Presumed,
)
from kazna.rules.language.syntax import Tree
from kazna.rules.language.types import BOOL, INT64, Kind, Type, common_parts, comparison_bound, hull, number
from kazna.rules.problems import near_miss

MONEY_HINT = "Деньги пишутся с рублями: 100 rub."


def is_zero(node: Node) -> bool:
    return isinstance(node, Literal) and node.type.is_number and node.value == 0


def _is_truth(context: Context, tree: Tree, node: Node, where: str) -> bool:
    if node.type.kind in (Kind.BOOL, Kind.BROKEN):
        return True
    context.mistake(
        tree,
        "truth_needed",
        f"{where} нужно условие да/нет, а стоит {described(node.type)}.",
        what_to_do="Сравните его с чем-нибудь.",
    )
    return False


def joined(context: Context, tree: Tree) -> Node:
    parts = tuple(context.node(child) for child in tree.children)
    fine = [
        _is_truth(context, child, part, f"Рядом с «{tree.kind}»")
        for child, part in zip(tree.children, parts, strict=True)
    ]
    return Joined(BOOL, tree.position, tree.kind, parts) if all(fine) and not is_broken(*parts) else broken(tree)


def negated(context: Context, tree: Tree) -> Node:
    operand = context.node(tree.children[0])
    if not _is_truth(context, tree.children[0], operand, "После «not»") or is_broken(operand):
        return broken(tree)
    return Not(BOOL, tree.position, operand)


def compared(context: Context, tree: Tree) -> Node:
    return _comparison(context, tree, tree.word(), context.node(tree.children[0]), context.node(tree.children[1]))


def between(context: Context, tree: Tree) -> Node:
    """Both ends belong to the range."""
    middle, low, high = (context.node(child) for child in tree.children)
    ends = (_comparison(context, tree, ">=", middle, low), _comparison(context, tree, "<=", middle, high))
    return broken(tree) if is_broken(*ends) else Joined(BOOL, tree.position, "and", ends)


def _comparison(context: Context, tree: Tree, sign: str, left: Node, right: Node) -> Node:
    if is_broken(left, right) or not comparable(context, tree, left, right):
        return broken(tree)
    if left.type.is_number and comparison_bound(left.type, right.type) > INT64:
        return context.mistake(
            tree,
            "overflow",
            "Сравнение может не поместиться в 64 бита.",
            what_to_do="Сузьте range фактов или округлите раньше.",
        )
    if sign not in ("=", "!=") and left.type.kind in (Kind.BOOL, Kind.TEXT):
        return context.mistake(
            tree,
            "order",
            f"Знак «{sign}» не годится: {described(left.type)}.",
            what_to_do="Такие значения сравнивают только = и !=.",
        )
    return Compare(BOOL, tree.position, sign, left, right)


def comparable(context: Context, tree: Tree, left: Node, right: Node) -> bool:
    """Money with money, number with number, date with date, a word with the words declared for it."""
    if left.type.is_number and right.type.is_number:
        if (left.type.kind is Kind.MONEY) == (right.type.kind is Kind.MONEY) or is_zero(left) or is_zero(right):
            return True
        context.mistake(tree, "money_with_number", "Деньги сравниваются только с деньгами.", what_to_do=MONEY_HINT)
        return False
    if left.type.kind is not right.type.kind:
        context.mistake(
            tree, "different_kinds", f"Нельзя сравнить: {described(left.type)} и {described(right.type)}.",
            what_to_do="Приведите обе части к одному виду.",
        )  # fmt: skip
        return False
    return left.type.kind is not Kind.TEXT or _words_agree(context, tree, left, right)


def _words_agree(context: Context, tree: Tree, left: Node, right: Node) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Literal) and not isinstance(other, Literal) and one.value not in other.type.values:
            context.mistake(
                tree, "undeclared_value", f"Значения «{one.value}» у этого факта нет.",
                "Оно не объявлено в values, условие никогда не выполнится.",
                near_miss(str(one.value), other.type.values),
            )  # fmt: skip
            return False
    return True


def one_of(context: Context, tree: Tree) -> Node:
    operand, *options = (context.node(child) for child in tree.children)
    if is_broken(operand, *options):
        return broken(tree)
    values = []
    for child, option in zip(tree.children[1:], options, strict=True):
        if not isinstance(option, Literal):
            return context.mistake(child, "constant_needed", "В фигурных скобках только постоянные значения.")
        if not comparable(context, child, operand, option):
            return broken(tree)
        values.append(option.value)
    return OneOf(BOOL, tree.position, operand, tuple(values))


def known(context: Context, tree: Tree) -> Node:
    operand = context.node(tree.children[0])
    return broken(tree) if is_broken(operand) else IsKnown(BOOL, tree.position, operand, tree.value == "known")


def presumed(context: Context, tree: Tree) -> Node:
    operand, default = (context.node(child) for child in tree.children)
    if is_broken(operand, default):
        return broken(tree)
    if not isinstance(default, Literal):
        return context.mistake(tree, "constant_needed", "После «otherwise» нужно постоянное значение.")
    if not comparable(context, tree, operand, default):
        return broken(tree)
    return Presumed(hull(operand.type, default.type), tree.position, operand, default.value)


def choice(context: Context, tree: Tree) -> Node:
    test, then, otherwise = (context.node(child) for child in tree.children)
    if not _is_truth(context, tree.children[0], test, "После «if»") or is_broken(test, then, otherwise):
        return broken(tree)
    if not same_kind(then, otherwise):
        return context.mistake(
            tree, "branches_differ",
            f"Ветви разного вида: {described(then.type)} и {described(otherwise.type)}.",
            what_to_do="Обе ветви должны быть одного вида. " + MONEY_HINT,
        )  # fmt: skip
    return context.fits(tree, Choice(hull(then.type, otherwise.type), tree.position, test, then, otherwise))


def same_kind(left: Node, right: Node) -> bool:
    if left.type.is_number and right.type.is_number:
        return (left.type.kind is Kind.MONEY) == (right.type.kind is Kind.MONEY) or is_zero(left) or is_zero(right)
    return left.type.kind is right.type.kind


def _numbers(context: Context, tree: Tree, left: Node, right: Node) -> bool:
    if is_broken(left, right):
        return False
    for node, child in zip((left, right), tree.children, strict=True):
        if not node.type.is_number:
            advice = "Для дат есть add_days, add_months, days_between." if node.type.kind is Kind.DATE else ""
            context.mistake(
                child,
                "number_needed",
                f"Для «{tree.kind}» нужно число, а стоит {described(node.type)}.",
                what_to_do=advice,
            )
            return False
    return True


def added(context: Context, tree: Tree) -> Node:
    left, right = (context.node(child) for child in tree.children)
    if not _numbers(context, tree, left, right):
        return broken(tree)
    if not same_kind(left, right):
        return context.mistake(
            tree, "money_with_number", f"Деньги и число через «{tree.kind}» не соединить.", what_to_do=MONEY_HINT
        )
    parts, exact = common_parts(left.type, right.type)
    sign = 1 if tree.kind == "+" else -1
    ends = [left.type.lo + sign * right.type.lo, left.type.hi + sign * right.type.hi]
    if sign < 0:
        ends = [left.type.lo - right.type.hi, left.type.hi - right.type.lo]
    is_money = Kind.MONEY in (left.type.kind, right.type.kind)
    kind = number(ends[0], ends[1], parts, exact, is_money=is_money)
    return context.fits(tree, Arithmetic(kind, tree.position, tree.kind, left, right))


def multiplied(context: Context, tree: Tree) -> Node:
    left, right = (context.node(child) for child in tree.children)
    if not _numbers(context, tree, left, right):
        return broken(tree)
    if left.type.kind is Kind.MONEY and right.type.kind is Kind.MONEY:
        return context.mistake(
            tree, "money_by_money", "Деньги на деньги не умножают.", what_to_do="Один множитель — число."
        )
    corners = [a * b for a in (left.type.lo, left.type.hi) for b in (right.type.lo, right.type.hi)]
    is_money = Kind.MONEY in (left.type.kind, right.type.kind)
    exact = left.type.exact and right.type.exact
    kind = number(min(corners), max(corners), left.type.parts * right.type.parts, exact, is_money=is_money)
    return context.fits(tree, Arithmetic(kind, tree.position, "*", left, right))


def divided(context: Context, tree: Tree) -> Node:
    left, right = (context.node(child) for child in tree.children)
    if not _numbers(context, tree, left, right):
        return broken(tree)
    if right.type.kind is Kind.MONEY and left.type.kind is not Kind.MONEY:
        return context.mistake(
            tree,
            "by_money",
            "На деньги не делят.",
            "Делить можно только деньги на деньги: получится их отношение.",
            "Сравнивайте умножением: a <= b * 0.1.",
        )
    if right.type.lo <= 0 <= right.type.hi:
        return context.mistake(
            tree, "maybe_zero", "Делитель может быть нулём.", "По объявленному range ноль не исключён.",
            "Дайте факту range от 1, списку — min: 1, или разделите на max(x, 1).",
        )  # fmt: skip
    if right.type.lo < 0:
        return context.mistake(tree, "by_negative", "Делитель может быть отрицательным.", what_to_do="Поменяйте знак.")
    return context.fits(tree, Arithmetic(_quotient(left.type, right), tree.position, "/", left, right))


def _quotient(left: Type, divisor: Node) -> Type:
    corners = [a / b for a in (left.lo, left.hi) for b in (divisor.type.lo, divisor.type.hi)]
    is_money = left.kind is Kind.MONEY and divisor.type.kind is not Kind.MONEY
    if isinstance(divisor, Literal) and isinstance(divisor.value, (int, Fraction)):
        parts = left.parts * Fraction(divisor.value).numerator
        return number(min(corners), max(corners), parts, left.exact, is_money=is_money)
    parts = left.parts * int(divisor.type.hi * divisor.type.parts)
    return number(min(corners), max(corners), parts, False, is_money=is_money)
