"""Python source of an expression whose facts are known: exact integers over static denominators where there are any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from kazna.rules.compile.base import CannotCompile, unknown_node
from kazna.rules.compile.python import runtime
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.language import nodes
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.types import Kind

BACKEND = "Питон для одного человека"
COMPARE = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Text(NamedTuple):
    """`code` gives the value times `parts` (an int, or a Fraction when `parts` is 1)."""

    code: str
    parts: int = 1
    is_int: bool = True

    def over(self, parts: int) -> str:
        return self.code if parts == self.parts else f"({self.code}) * {parts // self.parts}"


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
            text = self.text(node)
            target = f"s{len(self.steps)}_{name}"
            self.guarded(target, [f"{target} = {text.code}"])
            self.steps[name] = Text(target, text.parts, text.is_int)
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


def _aligned(one: Text, other: Text) -> tuple[str, str, int]:
    parts = lcm(one.parts, other.parts)
    return one.over(parts), other.over(parts), parts


def _compare(source: Source, node: nodes.Compare) -> Text:
    one, other = source.text(node.left), source.text(node.right)
    left, right, _ = _aligned(one, other)
    return Text(f"(({left}) {COMPARE[node.sign]} ({right}))")


def _one_of(source: Source, node: nodes.OneOf) -> Text:
    operand = source.text(node.operand)
    if node.operand.type.is_number:
        equal = []
        for option in node.options:
            left, right, _ = _aligned(operand, _number(option))
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
    left, right, parts = _aligned(operand, default)
    plain = isinstance(node.operand, (nodes.FactRef, nodes.MemberFact)) and node.operand.type.kind is not Kind.RATE
    if plain:
        return Text(f"({right} if {operand.code} is U else {left})", parts, operand.is_int)
    return Text(f"sure({left})", parts, operand.is_int)


def _choice(source: Source, node: nodes.Choice) -> Text:
    test = source.code(node.test)
    left, right, parts = _aligned(source.text(node.then), source.text(node.otherwise))
    is_int = source.text(node.then).is_int and source.text(node.otherwise).is_int
    return Text(f"(({left}) if ({test}) else ({right}))", parts, is_int)


def _arithmetic(source: Source, node: nodes.Arithmetic) -> Text:
    one, other = source.text(node.left), source.text(node.right)
    if node.sign == "*":
        return Text(f"(({one.code}) * ({other.code}))", one.parts * other.parts, one.is_int and other.is_int)
    if node.sign == "/":
        if isinstance(node.right, nodes.Literal) and isinstance(node.right.value, (int, Fraction)):
            divisor = Fraction(node.right.value)
            code = one.code if divisor.denominator == 1 else f"(({one.code}) * {divisor.denominator})"
            return Text(code, one.parts * divisor.numerator, one.is_int)
        factor = source.name("C", Fraction(other.parts, one.parts))
        return Text(f"divided({one.code}, {other.code}, {factor})", 1, False)
    left, right, parts = _aligned(one, other)
    return Text(f"(({left}) {node.sign} ({right}))", parts, one.is_int and other.is_int)


def _call(source: Source, node: nodes.Call) -> Text:
    args = [source.text(argument) for argument in node.arguments]
    name = node.function
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
    if name in ("round_half_up", "round_down", "round_up", "floor"):
        return _rounded(source, node, args)
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
    parts = value.parts * step
    times = "" if step == 1 else f" * {step}"
    if name == "round_half_up":
        if node.arguments[0].type.lo >= 0:
            return Text(f"((2 * ({value.code}) + {parts}) // {2 * parts}{times})")
        return Text(f"(half_up({value.code}, {parts}){times})")
    if name == "round_up":
        return Text(f"(-(-({value.code}) // {parts}){times})")
    return Text(f"(({value.code}) // {parts}{times})")


def _aggregate(source: Source, node: nodes.Aggregate) -> Text:
    key = (node.kind, node.relation, _plain(node.subject), _plain(node.where), node.empty)
    if key not in source.done:
        source.done[key] = _counted(source, node)
    return source.done[key]


def _plain(node: nodes.Node | None) -> Any:
    """The node without its positions, as a key."""
    return None if node is None else _shape(node)


def _shape(node: nodes.Node) -> tuple[Any, ...]:
    own = tuple(
        repr(getattr(node, name))
        for name in node.__dataclass_fields__
        if name not in ("position", "type") and not isinstance(getattr(node, name), (nodes.Node, tuple))
    )
    lists = tuple(repr(node.options) for _ in (0,) if isinstance(node, nodes.OneOf))
    return (type(node).__name__, own, lists, *(_shape(child) for child in node.children()))


def _counted(source: Source, node: nodes.Aggregate) -> Text:
    group = source.groups.get(node.relation) or members(source, node.relation)
    where = source.code(node.where) if node.where is not None else None
    subject = source.text(node.subject) if node.subject is not None else Text("1")
    target = f"g{len(source.done)}"
    loop = [f"for p in {group}:"]
    inside = "    "
    if node.kind == "all":
        if where is None:
            return Text("U")
        body = [f"{target} = True", *loop, f"    if not ({where}):", f"        {target} = False"]
        source.guarded(target, body)
        return Text(target)
    if where is not None:
        loop.append(f"    if {where}:")
        inside = "        "
    if node.kind in ("any", "none"):
        start = node.kind == "none"
        source.guarded(target, [f"{target} = {start}", *loop, f"{inside}{target} = {not start}"])
        return Text(target)
    if node.kind in ("count", "sum"):
        source.guarded(target, [f"{target} = 0", *loop, f"{inside}{target} += {subject.code}"])
        return Text(target, subject.parts, subject.is_int)
    empty = source.text(nodes.Literal(node.type, node.position, node.empty if node.empty is not None else 0))
    value, default, parts = _aligned(subject, empty)
    body = [f"{target} = []", *loop, f"{inside}{target}.append(sure({value}))",
            f"{target} = {node.kind}({target}) if {target} else {default}"]  # fmt: skip
    source.guarded(target, body)
    return Text(target, parts, subject.is_int)


def members(source: Source, relation: str) -> str:
    """The variable with people of a relation who belong: tuples of a tie and the facts read."""
    definition = source.relations[relation]
    target = f"m_{relation}"
    ties = dict.fromkeys(part.tie for part in definition.parts)
    wheres = []
    for tie in ties:
        parts = [part for part in definition.parts if part.tie == tie]
        test = f"t == {tie!r}"
        if all(part.when is not None for part in parts):
            test += " and (" + " or ".join(f"({source.code(part.when)})" for part in parts if part.when) + ")"
        wheres.append(f"({test})")
    source.groups[relation] = target
    body = [
        f"{target} = []",
        f"for p in c_{relation}:",
        "    t = p[0]",
        f"    if t is None or {' or '.join(wheres) or 'False'}:",
        f"        {target}.append(p)",
    ]
    source.guarded(target, body)
    return target


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
    nodes.Aggregate: _aggregate,
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
