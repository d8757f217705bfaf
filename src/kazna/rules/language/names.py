"""Names: facts, members' facts, steps, parameters with their keys and days."""

from __future__ import annotations

from dataclasses import replace

from kazna.rules.language.context import Context, broken, described, is_broken
from kazna.rules.language.nodes import Builtin, FactRef, Literal, MemberFact, Node, ParameterRef, StepRef
from kazna.rules.language.scope import ParameterScope
from kazna.rules.language.syntax import Tree
from kazna.rules.language.tokens import BUILTINS
from kazna.rules.language.types import DATE, Kind
from kazna.rules.problems import near_miss


def name(context: Context, tree: Tree) -> Node:
    node = resolved(context, tree)
    if node.type.kind is not Kind.SERIES:
        return node
    return context.mistake(
        tree,
        "series_alone",
        f"«{tree.value}» — суммы по месяцам, а не одна сумма.",
        "Закон считает доход за определённые месяцы.",
        f"Назовите их: window_sum({tree.value}, 12, add_months(application.date, -1)).",
    )


def resolved(context: Context, tree: Tree) -> Node:
    """What the name means; a series too, which only a window can read."""
    word, scope = tree.word(), context.scope
    owner, _, short = word.partition(".")
    if word in BUILTINS:
        return _builtin(context, tree)
    if short and owner in scope.relations:
        return _member_fact(context, tree, owner, short)
    if word in scope.aliases:
        return replace(scope.aliases[word], position=tree.position)
    if word in scope.facts:
        return FactRef(scope.facts[word], tree.position, word)
    if word in scope.steps:
        return StepRef(scope.steps[word], tree.position, word)
    if word in scope.parameters:
        return _parameter(context, tree, None, None)
    return _unknown(context, tree)


def _builtin(context: Context, tree: Tree) -> Node:
    if tree.value == "governing_date" and not context.scope.has_governing_date:
        return context.mistake(tree, "cycle", "governing_date не может ссылаться на себя.", what_to_do="Назовите факт.")
    return Builtin(DATE, tree.position, tree.word())


def _member_fact(context: Context, tree: Tree, relation: str, short: str) -> Node:
    if context.relation != relation:
        return context.mistake(
            tree,
            "member_outside",
            f"«{relation}.{short}» здесь ни к кому не относится.",
            f"Факты «{relation}» есть у каждого члена списка.",
            f"Пишите внутри подсчёта: sum({relation}.{short}), any({relation} where …).",
        )
    facts = context.scope.relations[relation].facts
    if short not in facts:
        return context.mistake(
            tree, "unknown_name", f"Факта «{relation}.{short}» нет в словаре.", what_to_do=near_miss(short, facts)
        )
    return MemberFact(facts[short], tree.position, relation, short)


def _unknown(context: Context, tree: Tree) -> Node:
    word, scope = tree.word(), context.scope
    if word in scope.relations:
        return context.mistake(
            tree,
            "relation_alone",
            f"«{word}» — список людей, а не значение.",
            what_to_do=f"Посчитайте: count({word}), any({word} where …), sum({word}.факт).",
        )
    if word in scope.tables:
        return context.mistake(
            tree, "table_alone", f"«{word}» — таблица.", what_to_do=f"Пишите band(x, {word}) или lookup(x, {word})."
        )
    if word in scope.definitions:
        return context.mistake(
            tree, "not_in_uses", f"Общее определение «{word}» не названо в uses.", what_to_do=f"Пишите uses: [{word}]."
        )
    return context.mistake(
        tree,
        "unknown_name",
        f"Имени «{word}» нет.",
        "Это не факт словаря, не параметр меры и не шаг.",
        near_miss(word, scope.bare_names()),
    )


def keyed(context: Context, tree: Tree) -> Node:
    """`edv[person.disability_group]`."""
    if tree.word() not in context.scope.parameters:
        return _unknown(context, tree)
    key = context.node(tree.children[0])
    if is_broken(key):
        return broken(tree)
    return _parameter(context, tree, key, None)


def at(context: Context, tree: Tree) -> Node:
    """`pm at add_months(governing_date, -12)`."""
    value, day = context.node(tree.children[0]), context.node(tree.children[1])
    if is_broken(value, day):
        return broken(tree)
    if not isinstance(value, ParameterRef):
        return context.mistake(tree, "at_what", "«at» ставится только после параметра.", what_to_do="Уберите «at».")
    if day.type.kind is not Kind.DATE:
        return context.mistake(tree, "at_when", f"После «at» нужна дата, а стоит {described(day.type)}.")
    return ParameterRef(value.type, value.position, value.name, value.key, day)


def _parameter(context: Context, tree: Tree, key: Node | None, day: Node | None) -> Node:
    parameter = context.scope.parameters[tree.word()]
    if key is None and parameter.by == "region":
        key = _region(context, tree)
    if key is None and parameter.by is not None:
        return context.mistake(
            tree,
            "key_needed",
            f"Параметр «{tree.value}» зависит от «{parameter.by}».",
            what_to_do=f"Укажите ключ: {tree.value}[…].",
        )
    if key is not None and is_broken(key):
        return broken(tree)
    if key is not None and not _key_fits(context, tree, parameter, key):
        return broken(tree)
    return ParameterRef(parameter.type, tree.position, tree.word(), key, day)


def _region(context: Context, tree: Tree) -> Node:
    fact = context.scope.region_fact
    if fact is None or fact not in context.scope.facts:
        return context.mistake(
            tree,
            "no_region",
            f"Параметр «{tree.value}» зависит от региона, а чей это регион — не сказано.",
            what_to_do="Добавьте в меру region_fact с фактом словаря или ключ: имя['77'].",
        )
    return FactRef(context.scope.facts[fact], tree.position, fact)


def _key_fits(context: Context, tree: Tree, parameter: ParameterScope, key: Node) -> bool:
    if parameter.by is None:
        context.mistake(tree, "key_unwanted", f"У параметра «{tree.value}» нет ключа.", what_to_do="Уберите […].")
        return False
    if key.type.kind is not Kind.TEXT:
        context.mistake(tree, "key_type", f"Ключ параметра — {described(key.type)}, а нужно значение из списка.")
        return False
    if isinstance(key, Literal) and key.value not in parameter.keys:
        context.mistake(
            tree,
            "key_missing",
            f"У параметра «{tree.value}» нет ключа «{key.value}».",
            what_to_do=near_miss(str(key.value), parameter.keys),
        )
        return False
    return True
