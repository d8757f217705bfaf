"""Calls of functions and look-ups in tables."""

from __future__ import annotations

from fractions import Fraction

from kazna.rules.language import windows
from kazna.rules.language.context import Context, broken, described, is_broken
from kazna.rules.language.functions import (
    AGGREGATES,
    ALL_FUNCTIONS,
    NAMED_ROUNDINGS,
    ROUNDINGS,
    SIGNATURES,
    TABLE_FUNCTIONS,
    WINDOWS,
)
from kazna.rules.language.nodes import Call, Literal, Node, TableRef
from kazna.rules.language.operators import is_zero
from kazna.rules.language.syntax import Tree
from kazna.rules.language.types import INT64, Kind
from kazna.rules.problems import near_miss


def called(context: Context, tree: Tree) -> Node:
    function = tree.word()
    if function in TABLE_FUNCTIONS:
        return _table(context, tree)
    if function in WINDOWS:
        return windows.windowed(context, tree)
    if function in NAMED_ROUNDINGS:
        return _rounded(context, tree)
    if function not in SIGNATURES:
        advice = near_miss(function, ALL_FUNCTIONS)
        return context.mistake(tree, "unknown_function", f"Функции «{function}» нет.", what_to_do=advice)
    if len(tree.children) == 1 and function in AGGREGATES:
        advice = f"Так: {function}(… empty постоянное значение)."
        return context.mistake(tree, "empty_needed", "Нужно значение на случай пустой группы.", what_to_do=advice)
    arguments = tuple(context.node(child) for child in tree.children)
    if is_broken(*arguments) or not _fits(context, tree, arguments):
        return broken(tree)
    kind = SIGNATURES[function].gives(tuple(argument.type for argument in arguments))
    return context.fits(tree, Call(kind, tree.position, function, arguments))


def _rounded(context: Context, tree: Tree) -> Node:
    """A rounding by the name of the legal rule is a rounding with its step."""
    if len(tree.children) != 1:
        usage = f"Так: {tree.value}(деньги)."
        return context.mistake(tree, "arguments", f"Не то число аргументов: {len(tree.children)}.", what_to_do=usage)
    function, step = NAMED_ROUNDINGS[tree.word()]
    parts = (tree.children[0], Tree("number", tree.position, value=Fraction(step)))
    return called(context, Tree("call", tree.position, parts, function))


def _fits(context: Context, tree: Tree, arguments: tuple[Node, ...]) -> bool:
    signature = SIGNATURES[tree.word()]
    enough = len(arguments) >= len(signature.takes) if signature.many else len(arguments) == len(signature.takes)
    if not enough:
        context.mistake(
            tree, "arguments", f"Не то число аргументов: {len(arguments)}.", what_to_do=f"Так: {signature.usage}."
        )
        return False
    takes = signature.takes + signature.takes[-1:] * (len(arguments) - len(signature.takes))
    for child, argument, kinds in zip(tree.children, arguments, takes, strict=True):
        if argument.type.kind not in kinds:
            context.mistake(
                child,
                "argument_kind",
                f"Аргумент не подходит: {described(argument.type)}.",
                what_to_do=f"Так: {signature.usage}.",
            )
            return False
    return _money_agrees(context, tree, arguments) and _rounding_is_sound(context, tree, arguments)


def _money_agrees(context: Context, tree: Tree, arguments: tuple[Node, ...]) -> bool:
    if tree.value not in ("min", "max"):
        return True
    kinds = {argument.type.kind is Kind.MONEY for argument in arguments if not is_zero(argument)}
    if len(kinds) == 2:
        context.mistake(
            tree, "money_with_number", "Деньги сравниваются только с деньгами.", what_to_do="Пишите 100 rub."
        )
        return False
    return True


def _rounding_is_sound(context: Context, tree: Tree, arguments: tuple[Node, ...]) -> bool:
    if tree.value not in ROUNDINGS:
        return True
    value, step = arguments
    if not isinstance(step, Literal) or not isinstance(step.value, int) or step.value < 1:
        context.mistake(tree, "step", "Шаг округления — целое число копеек.", what_to_do="1 — копейка, 100 — рубль.")
        return False
    if 2 * value.type.numerator_bound() + 2 * value.type.parts * step.value > INT64:
        context.mistake(
            tree, "overflow", "При округлении число может не поместиться в 64 бита.", what_to_do="Сузьте range фактов."
        )
        return False
    return True


def _table(context: Context, tree: Tree) -> Node:
    usage = f"{tree.value}(значение, имя таблицы)"
    if len(tree.children) != 2 or tree.children[1].kind != "name":
        return context.mistake(tree, "arguments", "Не те аргументы.", what_to_do=f"Так: {usage}.")
    operand, table_name = context.node(tree.children[0]), tree.children[1].word()
    if table_name not in context.scope.tables:
        advice = near_miss(table_name, context.scope.tables)
        return context.mistake(tree.children[1], "unknown_name", f"Таблицы «{table_name}» нет.", what_to_do=advice)
    table = context.scope.tables[table_name]
    if table.value.kind is Kind.BROKEN or is_broken(operand):
        return broken(tree)
    if table.keyed != (tree.value == "lookup"):
        other = "lookup" if table.keyed else "band"
        return context.mistake(
            tree, "wrong_table", f"Таблицу «{table_name}» читает {other}.", what_to_do=f"Пишите {other}(…)."
        )
    same = operand.type.kind is table.key.kind or {operand.type.kind, table.key.kind} == {Kind.INT, Kind.RATE}
    if not same:
        return context.mistake(
            tree, "different_kinds", f"Ключ таблицы — {described(table.key)}, а дано {described(operand.type)}."
        )
    lacking = sorted(set(operand.type.values) - set(table.key.values)) if table.keyed else []
    if lacking:
        context.mistake(
            tree, "table_hole", f"В таблице «{table_name}» нет строк: {', '.join(lacking)}.",
            "Факт может принять эти значения.", "Добавьте строки с этими key.",
        )  # fmt: skip
        return broken(tree)
    return TableRef(table.value, tree.position, table_name, operand)
