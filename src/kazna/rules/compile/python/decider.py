"""Compile an edition to one Python function; what it meets unknown, the interpreter answers part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.compile.base import compiling
from kazna.rules.compile.decision import Decision, decide
from kazna.rules.compile.python import runtime
from kazna.rules.compile.python.source import Source, readers
from kazna.rules.documents.measure import Formula
from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.evaluate.spans import is_unknown

People = Mapping[str, list[Person] | None]


@dataclass(slots=True)
class Decider:
    """`text`: the generated source. `decide(facts, people, today)`: known facts and people as `prepare` gives them."""

    edition: Edition
    text: str
    decide: Callable[[Mapping[str, Any], People, date], Decision]


def compile_python(edition: Edition, parameters: Parameters) -> Decider:
    """Raises CannotCompile with the place of what it does not know."""
    measure = edition.measure
    source = Source(measure, edition.relations, parameters)
    body = _body(source, edition)
    head = [f"{name} = get({fact!r}, U)" for fact, name in source.facts.items()]
    for relation in source.groups:
        head += _candidates(relation, source.people.get(relation, {}))
    text = "\n".join(
        ["def decide(facts, people, today):", "    get, e, no, unknown = facts.get, None, 0, 0"]
        + [f"    {line}" for line in [*head, *body]]
    )
    slow = _Slow(edition, parameters)
    scope: dict[str, Any] = {
        **readers(source.names),
        "U": runtime.UNKNOWN, "Unknown": runtime.Unknown, "sure": runtime.sure, "known": runtime.known,
        "on_grid": runtime.on_grid, "divided": runtime.divided, "half_up": runtime.half_up, "exact": runtime.exact,
        "Decision": Decision, "condition": slow.condition, "result": slow.result, "whole": slow.whole,
        "new": slow.environment, "NEVER": date.max, "window_sum": runtime.window_sum,
        "window_months": runtime.window_months,
    }  # fmt: skip
    exec(compile(text, f"<{edition.id}>", "exec"), scope)  # our own source, made of typed nodes only
    return Decider(edition, text, scope["decide"])


def _candidates(relation: str, places: Mapping[str, int]) -> list[str]:
    """All candidates of a relation as tuples; UNKNOWN when nobody knows them."""
    facts = "".join(f", get_({name!r}, U)" for name in places)
    lines = [f"c_{relation} = people.get({relation!r})", f"if c_{relation} is None:", f"    c_{relation} = U", "else:",
             "    rows = []", f"    for p in c_{relation}:"]  # fmt: skip
    if places:
        lines.append("        get_ = p.facts.get")
    return [*lines, f"        rows.append((p.tie{facts},))", f"    c_{relation} = rows"]


def _body(source: Source, edition: Edition) -> list[str]:
    measure = edition.measure
    with compiling(measure.place):
        governing = source.code(measure.governing)
    source.guarded("governing", [f"governing = {governing}"])
    source.lines += ["if governing is U:", "    return whole(facts, people, today)"]
    for bit, condition in enumerate(measure.conditions):
        with compiling(condition.place):
            code = source.code(condition.node)
        test = [f"if not ({code}):", f"    no |= {1 << bit}"]
        slow = ["if e is None:", "    e = new(facts, people, today, governing)", f"r = condition({bit}, e)",
                "if r is None:", f"    unknown |= {1 << bit}", "elif not r:", f"    no |= {1 << bit}"]  # fmt: skip
        lines = ["try:", *_deeper(test), "except Unknown:", *_deeper(slow)]
        dates = [f"{source.name('D', condition.since)} <= governing"] if condition.since is not None else []
        dates += [f"governing <= {source.name('D', condition.until)}"] if condition.until is not None else []
        source.lines += [f"if {' and '.join(dates)}:", *_deeper(lines)] if dates else lines
    source.lines += ["if no:", "    return Decision('refused', None, None, None, no, unknown)"]
    for place, formula in enumerate((measure.amount, measure.term_from, measure.term_to)):
        _result(source, place, formula, 1 << (len(measure.conditions) + place))
    source.lines += [
        "if unknown:",
        "    return Decision('unknown', None, None, None, 0, unknown)",
        "return Decision('granted', r0, r1, None if r2 == NEVER else r2, 0, 0)",
    ]
    return source.lines


def _result(source: Source, place: int, formula: Formula | None, bit: int) -> None:
    target = f"r{place}"
    if formula is None:
        source.lines.append(f"{target} = None")
        return
    with compiling(formula.place):
        text = source.text(formula.node)
    code = text.code if text.parts == 1 else f"({text.code}) // {text.parts}"
    slow = ["if e is None:", "    e = new(facts, people, today, governing)", f"{target} = result({place}, e)",
            f"if {target} is None:", f"    unknown |= {bit}"]  # fmt: skip
    source.lines += ["try:", f"    {target} = sure({code})", "except Unknown:", *_deeper(slow)]


def _deeper(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


class _Slow:
    """The interpreter's answers for the parts of one edition that met something unknown."""

    def __init__(self, edition: Edition, parameters: Parameters) -> None:
        self._program, self._parameters = edition.program, parameters
        self._results = (edition.program.amount, edition.program.term_from, edition.program.term_to)

    def environment(self, facts: Mapping[str, Any], people: People, today: date, governing: date) -> Environment:
        environment = Environment(facts=facts, people=people, today=today, parameters=self._parameters)
        environment.governing = governing
        return environment

    def condition(self, place: int, environment: Environment) -> bool | None:
        found: bool | None = self._program.conditions[place][1].value(environment)
        return found

    def result(self, place: int, environment: Environment) -> Any:
        code = self._results[place]
        value = code.value(environment) if code is not None else None
        return None if is_unknown(value) else value

    def whole(self, facts: Mapping[str, Any], people: People, today: date) -> Decision:
        environment = Environment(facts=facts, people=people, today=today, parameters=self._parameters)
        return decide(self._program, environment)
