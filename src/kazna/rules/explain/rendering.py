"""A rule in Russian words, for those who read law and not formulas. Made from the typed nodes, so it cannot lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from kazna.rules.documents.vocabulary import FactDefinition, lower_first
from kazna.rules.edition import Edition
from kazna.rules.explain.wording import say
from kazna.rules.language import nodes
from kazna.rules.language.nodes import Node
from kazna.rules.language.types import Kind

SIGNS = {"<": "меньше", "<=": "не больше", ">": "больше", ">=": "не меньше", "=": "равно", "!=": "не равно"}
DATE_SIGNS = {"<": "раньше", "<=": "не позже", ">": "позже", ">=": "не раньше", "=": "—", "!=": "— не"}
ARITHMETIC = {"+": "+", "-": "−", "*": "×", "/": "÷"}
BUILTINS = {"today": "день решения", "governing_date": "день, по которому применяется закон"}
STEPS_OF_ROUNDING = {1: "копейки", 100: "рубля", 10_000: "ста рублей"}
CALLS = {
    "age": "полных лет от «{0}» на «{1}»",
    "months_between": "календарных месяцев от «{0}» до «{1}»",
    "full_months": "полных месяцев от «{0}» до «{1}»",
    "days_between": "дней от «{0}» до «{1}»",
    "working_days_between": "рабочих дней от «{0}» до «{1}»",
    "year": "год дня «{0}»",
    "month": "месяц дня «{0}»",
    "day": "число дня «{0}»",
    "month_start": "первое число месяца, на который приходится {0}",
    "month_end": "последнее число месяца, на который приходится {0}",
    "next_month": "первое число месяца после дня «{0}»",
    "date": "день {2}, месяц {1}, год {0}",
    "floor": "целая часть от {0}",
    "to_kopeck": "{0}, округлённое до копейки",
    "to_rouble": "{0}, округлённое до рубля",
    "to_rouble_up": "{0}, округлённое до рубля вверх",
    "drop_kopecks": "{0} без копеек",
    "overlap_days": "общих дней у периодов с {0} по {1} и с {2} по {3}",
}
MONTHS = ("месяц", "месяца", "месяцев")
SHIFTS = {
    "add_days": ("день", "дня", "дней"),
    "add_months": MONTHS,
    "add_years": ("год", "года", "лет"),
    "add_working_days": ("рабочий день", "рабочих дня", "рабочих дней"),
}
CHOSEN = {
    "min": "меньшее из",
    "max": "большее из",
    "earliest": "самый ранний из дней",
    "latest": "самый поздний из дней",
}
ROUNDED = {"round_half_up": "округлённое до", "round_down": "округлённое вниз до", "round_up": "округлённое вверх до"}
QUANTIFIED = {
    "count": "число людей списка «{0}»",
    "any": "хотя бы у одного из списка «{0}»",
    "all": "у каждого из списка «{0}»",
    "none": "ни у кого из списка «{0}»",
    "sum": "сумма по списку «{0}»",
    "min": "наименьшее по списку «{0}»",
    "max": "наибольшее по списку «{0}»",
}


def say_rule(node: Node, edition: Edition) -> str:
    """The expression in words; a construct without words of its own is told by its parts."""
    return _Words(edition).of(node)


class _Words:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.steps = {step.name: step for step in edition.measure.steps}

    def of(self, node: Node) -> str:
        for kind, word in WORDS.items():
            if isinstance(node, kind):
                return word(self, node)
        return f"{type(node).__name__}({', '.join(map(self.of, node.children()))})"

    def inner(self, node: Node) -> str:
        """A part in brackets where the whole could be misread without them."""
        said = self.of(node)
        is_list = isinstance(node, nodes.Call) and node.function not in CALLS
        is_open = is_list or isinstance(node, (nodes.Joined, nodes.Choice, nodes.Arithmetic, nodes.Aggregate))
        return f"({said})" if is_open else said

    def literal(self, node: nodes.Literal) -> str:
        if node.value == date.max:
            return "никогда"
        return say(node.value, is_money=node.type.kind is Kind.MONEY)

    def fact(self, node: nodes.FactRef) -> str:
        return lower_first(self.edition.facts[node.name].short)

    def member(self, node: nodes.MemberFact) -> str:
        return lower_first(self.edition.relations[node.relation].facts[node.name].short)

    def step(self, node: nodes.StepRef) -> str:
        return lower_first(self.steps[node.name].title)

    def parameter(self, node: nodes.ParameterRef) -> str:
        key = "" if node.key is None or isinstance(node.key, nodes.FactRef) else f", для {self.of(node.key)}"
        at = f", на {self.of(node.at)}" if node.at is not None else ""
        return f"«{self.edition.parameters[node.name].title}»{key}{at}"

    def negation(self, node: nodes.Not) -> str:
        return f"неверно, что {self.inner(node.operand)}"

    def joined(self, node: nodes.Joined) -> str:
        word = "и" if node.sign == "and" else "или"
        return f" {word} ".join(self.parts(node))

    def parts(self, node: nodes.Joined) -> list[str]:
        """The operands; `between` is said as one of them."""
        said: list[str] = []
        left: Node | None = None
        for part in node.operands:
            if left is not None and node.sign == "and" and _closes(left, part):
                assert isinstance(left, nodes.Compare) and isinstance(part, nodes.Compare)
                ends = f"от {self.inner(left.right)} до {self.inner(part.right)} включительно"
                said[-1] = f"{self.inner(part.left)} — {ends}"
            else:
                said.append(self.inner(part))
            left = part
        return said

    def compare(self, node: nodes.Compare) -> str:
        left, right = self.inner(node.left), self.inner(node.right)
        if node.left.type.kind is Kind.TEXT:
            right = self.labelled(node.left, node.right)
            return f"{left} — {right}" if node.sign == "=" else f"{left} — не {right}"
        signs = DATE_SIGNS if node.left.type.kind is Kind.DATE else SIGNS
        than = ", чем" if node.sign in "<=>=" and not isinstance(node.right, nodes.Literal) and node.sign != "=" else ""
        return f"{left} {signs[node.sign]}{than} {right}"

    def labelled(self, of: Node, value: Node) -> str:
        """A word of a list by its label."""
        definition = self.definition(of)
        if isinstance(value, nodes.Literal) and definition is not None:
            return definition.labels.get(str(value.value), str(value.value))
        return self.inner(value)

    def definition(self, node: Node) -> FactDefinition | None:
        if isinstance(node, nodes.FactRef):
            return self.edition.facts[node.name]
        if isinstance(node, nodes.MemberFact):
            return self.edition.relations[node.relation].facts[node.name]
        return None

    def one_of(self, node: nodes.OneOf) -> str:
        definition = self.definition(node.operand)
        labels: Mapping[str, str] = definition.labels if definition is not None else {}
        is_money = node.operand.type.kind is Kind.MONEY
        options = (labels.get(str(one)) or say(one, is_money=is_money) for one in node.options)
        return f"{self.inner(node.operand)} — одно из: {', '.join(options)}"

    def known(self, node: nodes.IsKnown) -> str:
        return f"{'известно' if node.wanted else 'неизвестно'}: {self.of(node.operand)}"

    def presumed(self, node: nodes.Presumed) -> str:
        default = say(node.default, is_money=node.type.kind is Kind.MONEY)
        return f"{self.inner(node.operand)} (нет сведений — считается {default})"

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        return f"{self.inner(node.left)} {ARITHMETIC[node.sign]} {self.inner(node.right)}"

    def choice(self, node: nodes.Choice) -> str:
        then, otherwise = self.of(node.then), self.of(node.otherwise)
        return f"если {self.of(node.test)}, то {then}; иначе {otherwise}"

    def call(self, node: nodes.Call) -> str:
        parts = [self.of(part) for part in node.arguments]
        if node.function in CALLS:
            return CALLS[node.function].format(*map(self.inner, node.arguments))
        if node.function in SHIFTS:
            return self.shifted(node, parts)
        if node.function in ROUNDED:
            step = node.arguments[1]
            size = step.value if isinstance(step, nodes.Literal) and isinstance(step.value, int) else 0
            unit = STEPS_OF_ROUNDING.get(size) or f"кратного {say(Fraction(size), is_money=True)}"
            return f"{self.inner(node.arguments[0])}, {ROUNDED[node.function]} {unit}"
        if node.function == "count_true":
            return f"сколько верно из: {'; '.join(parts)}"
        return f"{CHOSEN.get(node.function, node.function)}: {'; '.join(parts)}"

    def shifted(self, node: nodes.Call, parts: list[str]) -> str:
        words, amount = SHIFTS[node.function], node.arguments[1]
        if isinstance(amount, nodes.Literal) and isinstance(amount.value, int):
            sign = "минус" if amount.value < 0 else "плюс"
            return f"{self.inner(node.arguments[0])} {sign} {counted(abs(amount.value), words)}"
        unit = f"({words[2]})"
        if isinstance(amount, nodes.Arithmetic) and amount.sign == "-" and _is_zero(amount.left):
            less = amount.right
            if isinstance(less, nodes.Literal) and isinstance(less.value, int):
                return f"{self.inner(node.arguments[0])} минус {counted(less.value, words)}"
            return f"{self.inner(node.arguments[0])} минус {self.inner(amount.right)} {unit}"
        return f"{self.inner(node.arguments[0])} плюс {self.inner(amount)} {unit}"

    def table(self, node: nodes.TableRef) -> str:
        plain = self.edition.measure.tables[node.table].plain
        title = plain.get("title") if isinstance(plain, dict) else None
        return f"по таблице «{title or node.table}» для: {self.of(node.operand)}"

    def aggregate(self, node: nodes.Aggregate) -> str:
        said = QUANTIFIED[node.kind].format(self.edition.relations[node.relation].title)
        if node.kind in ("any", "all", "none"):
            return f"{said}: {self.of(node.where)}" if node.where is not None else f"{said} есть кто-нибудь"
        if node.type.kind is Kind.DATE:
            said = said.replace("наименьшее", "самый ранний день").replace("наибольшее", "самый поздний день")
        subject = f" — {self.of(node.subject)}" if node.subject is not None else ""
        where = f", где {self.inner(node.where)}" if node.where is not None else ""
        return f"{said}{subject}{where}"

    def window(self, node: nodes.Window) -> str:
        months = f"за {counted(node.months, MONTHS)}, последний из которых — перед месяцем дня «{self.of(node.before)}»"
        if node.function == "window_sum":
            return f"сумма «{self.of(node.series)}» {months}"
        least = f"не меньше {self.inner(node.at_least)}" if node.at_least is not None else "больше нуля"
        return f"число месяцев, где «{self.of(node.series)}» {least}, {months}"


def _closes(left: Node, right: Node) -> bool:
    """Whether the two are the halves of one `between`."""
    if not (isinstance(left, nodes.Compare) and isinstance(right, nodes.Compare)):
        return False
    return (left.sign, right.sign) == (">=", "<=") and left.left == right.left


def counted(number: int, words: tuple[str, str, str]) -> str:
    """«1 месяц», «2 месяца», «12 месяцев»."""
    tens, ones = number % 100, number % 10
    many = 10 < tens < 20 or ones == 0 or ones > 4
    return f"{number} {words[2] if many else words[0] if ones == 1 else words[1]}"


def _is_zero(node: Node) -> bool:
    return isinstance(node, nodes.Literal) and node.value == 0


WORDS: dict[type[Node], Callable[[_Words, Any], str]] = {
    nodes.Literal: _Words.literal,
    nodes.FactRef: _Words.fact,
    nodes.MemberFact: _Words.member,
    nodes.Builtin: lambda words, node: BUILTINS.get(node.name, node.name),
    nodes.StepRef: _Words.step,
    nodes.ParameterRef: _Words.parameter,
    nodes.Not: _Words.negation,
    nodes.Joined: _Words.joined,
    nodes.Compare: _Words.compare,
    nodes.OneOf: _Words.one_of,
    nodes.IsKnown: _Words.known,
    nodes.Presumed: _Words.presumed,
    nodes.Arithmetic: _Words.arithmetic,
    nodes.Choice: _Words.choice,
    nodes.Call: _Words.call,
    nodes.TableRef: _Words.table,
    nodes.Aggregate: _Words.aggregate,
    nodes.Window: _Words.window,
    nodes.Undecided: lambda words, node: f"закон об этих днях не говорит ({node.name})",
}
