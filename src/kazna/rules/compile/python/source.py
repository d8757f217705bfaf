"""Python source of an expression whose facts are known: exact integers over static denominators where there are any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from kazna.rules.compile.base import CannotCompile, unknown_node
from kazna.rules.compile.python import runtime
from kazna.rules.compile.python.people import aggregate
from kazna.rules.compile.python.texts import Text, aligned
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.language import nodes
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.types import Kind

BACKEND = "Питон для одного человека"
COMPARE = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(slots=True)
class Source:
    """Writes expressions of one edition; statements they need before them go to `lines`."""

    measure: Measure
    relations: Mapping[str, RelationDefinition]
    parameters: Parameters
    lines: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, int]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    done: dict[Any, Text] = field(default_factory=dict)
    steps: dict[str, Text] = field(default_factory=dict)

    def text(self, node: nodes.Node) -> Text:
        """The value with nothing left to divide by."""
        found = self.pair(node)
        if found.divisor is None:
            return found
        return Text(f"divided({found.code}, {found.divisor}, {self.name('C', Fraction(1, found.parts))})", 1, False)

    def pair(self, node: nodes.Node) -> Text:
        """The value, its divisor apart when it has one: whole numbers are faster than fractions."""
        rule = RULES.get(type(node))
        if rule is None:
            raise unknown_node(BACKEND, node)
        found: Text = rule(self, node)
        return found

    def code(self, node: nodes.Node) -> str:
        return self.text(node).code

    def name(self, prefix: str, value: Any) -> str:
        """A global of the generated code."""
        for known, held in self.names.items():
            if held is value and known.startswith(prefix):
                return known
        name = f"{prefix}{len(self.names)}"
        self.names[name] = value
        return name

    def guarded(self, target: str, body: list[str]) -> None:
        """Statements that leave UNKNOWN in `target` when something they look at is unknown."""
        self.lines += ["try:", *(f"    {line}" for line in body), "except Unknown:", f"    {target} = U"]

    def step(self, name: str) -> Text:
        if name not in self.steps:
            node = next(step.node for step in self.measure.steps if step.name == name)
            text = self.pair(node)
            target = f"s{len(self.steps)}_{name}"
            divisor = None if text.divisor is None else f"{target}_by"
            body = [f"{target} = {text.code}"] + ([f"{divisor} = {text.divisor}"] if divisor else [])
            self.guarded(target, body)
            if divisor:
                self.lines += [f"if {target} is U:", f"    {divisor} = U"]
            self.steps[name] = Text(target, text.parts, text.is_int, divisor)
        return self.steps[name]


def _number(value: Any) -> Text:
    exact = Fraction(value)
    return Text(str(exact.numerator) if exact >= 0 else f"({exact.numerator})", exact.denominator)


def _literal(source: Source, node: nodes.Literal) -> Text:
    if isinstance(node.value, date):
        return Text(source.name("D", node.value))
    if isinstance(node.value, (bool, str)):
        return Text(repr(node.value))
    return _number(node.value)


def _fact(source: Source, node: nodes.FactRef) -> Text:
    _check_range(node)
    if node.name not in source.facts:
        source.facts[node.name] = f"f{len(source.facts)}"
    name = source.facts[node.name]
    if node.type.kind is Kind.RATE:
        return Text(f"on_grid({name}, {node.type.parts})", node.type.parts)
    return Text(name)


def _member_fact(source: Source, node: nodes.MemberFact) -> Text:
    _check_range(node)
    places = source.people.setdefault(node.relation, {})
    code = f"p[{places.setdefault(node.name, len(places) + 1)}]"
    return Text(f"on_grid({code}, {node.type.parts})", node.type.parts) if node.type.kind is Kind.RATE else Text(code)


def _check_range(node: nodes.Node) -> None:
    if node.type.is_number and node.type.lo == node.type.hi:
        raise CannotCompile(
            backend=BACKEND, what="У факта одно возможное значение.", why="Его нельзя отличить от известного.",
            what_to_do="Расширьте range факта.",
        )  # fmt: skip


def _builtin(source: Source, node: nodes.Builtin) -> Text:
    return Text("today" if node.name == "today" else "governing")


def _parameter(source: Source, node: nodes.ParameterRef) -> Text:
    parameter = source.parameters.get(node.name)
    if parameter is None:
        return Text("U")
    day = source.code(node.at) if node.at is not None else "governing"
    key = source.code(node.key) if node.key is not None else "None"
    reader = source.name(f"P_{node.name}_", parameter)
    return Text(f"{reader}({key}, {day})", parameter.type.parts if parameter.type.is_number else 1)


def _table(source: Source, node: nodes.TableRef) -> Text:
    table = source.measure.tables[node.table]
    operand = source.text(node.operand)
    key = operand.code if operand.parts == 1 else f"exact({operand.code}, {operand.parts})"
    kind = table.scope.value
    return Text(f"{source.name(f'T_{node.table}_', table)}({key})", kind.parts if kind.is_number else 1)


def _not(source: Source, node: nodes.Not) -> Text:
    return Text(f"(not ({source.code(node.operand)}))")


def _joined(source: Source, node: nodes.Joined) -> Text:
    return Text("(" + f" {node.sign} ".join(f"({source.code(operand)})" for operand in node.operands) + ")")


def _compare(source: Source, node: nodes.Compare) -> Text:
    one, other = source.pair(node.left), source.pair(node.right)
    if other.divisor is not None and one.divisor is not None:
        one, other = source.text(node.left), source.text(node.right)
    left, right, _ = aligned(one, other)
    if one.divisor is not None:
        right = f"({right}) * {one.divisor}"
    if other.divisor is not None:
        left = f"({left}) * {other.divisor}"
    return Text(f"(({left}) {COMPARE[node.sign]} ({right}))")


def _one_of(source: Source, node: nodes.OneOf) -> Text:
    operand = source.text(node.operand)
    if node.operand.type.is_number:
        equal = []
        for option in node.options:
            left, right, _ = aligned(operand, _number(option))
            equal.append(f"({left}) == ({right})")
        return Text("(" + " or ".join(equal) + ")")
    return Text(f"(({operand.code}) in {source.name('O', frozenset(node.options))})")


def _is_known(source: Source, node: nodes.IsKnown) -> Text:
    sign = "is not" if node.wanted else "is"
    if isinstance(node.operand, nodes.FactRef):
        source.code(node.operand)
        return Text(f"({source.facts[node.operand.name]} {sign} U)")
    if isinstance(node.operand, nodes.MemberFact):
        return Text(f"({source.code(node.operand)} {sign} U)") if node.operand.type.kind is not Kind.RATE else Text("U")
    return Text(f"{'' if node.wanted else 'not '}known({source.code(node.operand)})")


def _presumed(source: Source, node: nodes.Presumed) -> Text:
    operand, default = source.text(node.operand), source.text(nodes.Literal(node.type, node.position, node.default))
    left, right, parts = aligned(operand, default)
    plain = isinstance(node.operand, (nodes.FactRef, nodes.MemberFact)) and node.operand.type.kind is not Kind.RATE
    if plain:
        return Text(f"({right} if {operand.code} is U else {left})", parts, operand.is_int)
    return Text(f"sure({left})", parts, operand.is_int)


def _choice(source: Source, node: nodes.Choice) -> Text:
    test = source.code(node.test)
    left, right, parts = aligned(source.text(node.then), source.text(node.otherwise))
    is_int = source.text(node.then).is_int and source.text(node.otherwise).is_int
    return Text(f"(({left}) if ({test}) else ({right}))", parts, is_int)


def _arithmetic(source: Source, node: nodes.Arithmetic) -> Text:
    if node.sign == "*":
        one, other = source.pair(node.left), source.pair(node.right)
        if one.divisor is not None and other.divisor is not None:
            other = source.text(node.right)
        code, is_int = f"(({one.code}) * ({other.code}))", one.is_int and other.is_int
        if is_int or (one.divisor is None and other.divisor is None):
            return Text(code, one.parts * other.parts, is_int, one.divisor or other.divisor)
        one, other = source.text(node.left), source.text(node.right)
        return Text(f"(({one.code}) * ({other.code}))", one.parts * other.parts, False)
    if node.sign == "/":
        one, other = source.pair(node.left), source.text(node.right)
        if isinstance(node.right, nodes.Literal) and isinstance(node.right.value, (int, Fraction)):
            divisor = Fraction(node.right.value)
            code = one.code if divisor.denominator == 1 else f"(({one.code}) * {divisor.denominator})"
            return Text(code, one.parts * divisor.numerator, one.is_int, one.divisor)
        if one.is_int and other.is_int and one.divisor is None:
            code = one.code if other.parts == 1 else f"(({one.code}) * {other.parts})"
            return Text(code, one.parts, True, f"({other.code})")
        one = source.text(node.left)
        factor = source.name("C", Fraction(other.parts, one.parts))
        return Text(f"divided({one.code}, {other.code}, {factor})", 1, False)
    one, other = source.text(node.left), source.text(node.right)
    left, right, parts = aligned(one, other)
    return Text(f"(({left}) {node.sign} ({right}))", parts, one.is_int and other.is_int)


def _call(source: Source, node: nodes.Call) -> Text:
    name = node.function
    if name in ("round_half_up", "round_down", "round_up", "floor"):
        return _rounded(source, node, [source.pair(argument) for argument in node.arguments])
    args = [source.text(argument) for argument in node.arguments]
    if name == "count_true":
        return Text("(" + " + ".join(f"(1 if ({arg.code}) else 0)" for arg in args) + ")")
    if name in WORKING_DAYS:
        function = source.name("W_" + name, getattr(source.measure.calendar, name))
        return Text(f"{function}({', '.join(arg.code for arg in args)})")
    if name not in FUNCTIONS:
        raise CannotCompile(backend=BACKEND, what=f"Функции «{name}» здесь нет.", what_to_do="Нужен интерпретатор.")
    if name in ("min", "max", "earliest", "latest"):
        parts = lcm(*(arg.parts for arg in args))
        best = "min" if name in ("min", "earliest") else "max"
        return Text(f"{best}({', '.join(arg.over(parts) for arg in args)})", parts, all(arg.is_int for arg in args))
    codes = [f"sure({arg.code})" if name == "add_days" else arg.code for arg in args]
    return Text(f"{source.name('F_' + name, FUNCTIONS[name][0])}({', '.join(codes)})")


def _window(source: Source, node: nodes.Window) -> Text:
    series = source.code(node.series)
    before = source.code(node.before)
    if node.function == "window_sum":
        return Text(f"window_sum({series}, {node.months}, {before})")
    wanted = source.text(node.at_least) if node.at_least is not None else Text("1")
    return Text(f"window_months({series}, {node.months}, {before}, {wanted.code}, {wanted.parts})")


def _rounded(source: Source, node: nodes.Call, args: list[Text]) -> Text:
    value = args[0]
    step = int(args[1].code) if len(args) > 1 else 1
    name = node.function
    if not value.is_int:
        exact = f"exact({value.code}, {value.parts})"
        function = source.name("F_" + name, FUNCTIONS[name][0])
        return Text(f"{function}({exact})" if name == "floor" else f"{function}({exact}, {step})")
    parts, times = str(value.parts * step), "" if step == 1 else f" * {step}"
    if value.divisor is not None:
        parts = f"({parts} * {value.divisor})"
    if name == "round_half_up":
        if node.arguments[0].type.lo >= 0 and value.divisor is None:
            return Text(f"((2 * ({value.code}) + {parts}) // {2 * value.parts * step}{times})")
        return Text(f"(half_up({value.code}, {parts}){times})")
    if name == "round_up":
        return Text(f"(-(-({value.code}) // {parts}){times})")
    return Text(f"(({value.code}) // {parts}{times})")


RULES: dict[type[nodes.Node], Callable[[Source, Any], Text]] = {
    nodes.Literal: _literal,
    nodes.FactRef: _fact,
    nodes.MemberFact: _member_fact,
    nodes.Builtin: _builtin,
    nodes.StepRef: lambda source, node: source.step(node.name),
    nodes.ParameterRef: _parameter,
    nodes.TableRef: _table,
    nodes.Not: _not,
    nodes.Joined: _joined,
    nodes.Compare: _compare,
    nodes.OneOf: _one_of,
    nodes.IsKnown: _is_known,
    nodes.Presumed: _presumed,
    nodes.Choice: _choice,
    nodes.Arithmetic: _arithmetic,
    nodes.Call: _call,
    nodes.Window: _window,
    nodes.Undecided: lambda source, node: Text("U"),
    nodes.Aggregate: aggregate,
}


def readers(names: Mapping[str, Any]) -> dict[str, Any]:
    """The globals as generated code calls them: parameters and tables become functions."""
    found = dict(names)
    for name, value in names.items():
        if name.startswith("P_"):
            found[name] = runtime.parameter_reader(value)
        elif name.startswith("T_"):
            found[name] = runtime.table_reader(value)
        elif name.startswith("W_"):
            found[name] = runtime.working_days(value)
    return found
