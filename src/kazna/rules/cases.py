"""Case analysis: try every value of the few unknown yes/no and listed facts.

Kleene logic cannot see that two conditions hang on the same fact. Trying the values can: it may decide the
case outright, and it shows which of the missing facts cannot change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.language.types import Kind, Type
from kazna.rules.program import Result, Run

MOST_CASES = 64
WIDEST_INT = 16


def domain(kind: Type) -> tuple[Any, ...]:
    """Every value a fact may have, when there are few; empty when there are many."""
    if kind.kind is Kind.BOOL:
        return (False, True)
    if kind.kind is Kind.TEXT:
        return kind.values
    if kind.kind is Kind.INT and kind.hi - kind.lo < WIDEST_INT:
        return tuple(range(int(kind.lo), int(kind.hi) + 1))
    return ()


def few(domains: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """The facts with the smallest domains whose combinations can all be tried."""
    chosen: dict[str, tuple[Any, ...]] = {}
    count = 1
    for name, values in sorted(domains.items(), key=lambda item: (len(item[1]), item[0])):
        if values and count * len(values) <= MOST_CASES:
            chosen[name] = values
            count *= len(values)
    return chosen


def with_values(environment: Environment, values: Mapping[str, Any]) -> Environment:
    """The same determination with these facts known; names as in missing lists: `member[1].student`."""
    facts, own = dict(environment.facts), dict[str, dict[str, Any]]()
    for name, value in values.items():
        label, bracket, short = name.partition("].")
        if bracket:
            own.setdefault(label + "]", {})[short] = value
        else:
            facts[name] = value
    people = environment.people
    if own:
        people = {
            relation: persons and [_with(one, own.get(one.label)) for one in persons]
            for relation, persons in people.items()
        }
    return Environment(facts=facts, people=people, today=environment.today, parameters=environment.parameters)


def _with(person: Person, own: Mapping[str, Any] | None) -> Person:
    return person._replace(facts={**person.facts, **own}) if own else person


def split(
    run: Run,
    domains: Mapping[str, tuple[Any, ...]],
    result_with: Callable[[Mapping[str, Any]], Result],
    again: Callable[[Mapping[str, Any]], Run],
) -> tuple[Run, tuple[str, ...]]:
    """The run as case analysis leaves it, and the facts that were found not to matter when it decided.

    `domains`: the missing facts with few values; `result_with`: the bare result with some facts known; `again`: the
    run with them, asked only for what is missing in cases that stay open.
    """
    chosen = few(domains)
    if not chosen:
        return run, ()
    names = list(chosen)
    results = {values: result_with(dict(zip(names, values, strict=True))) for values in product(*chosen.values())}
    if len(set(results.values())) == 1:
        state, amount, term_from, term_to = next(iter(results.values()))
        if state != "unknown":
            return Run(state, run.answers, amount, term_from, term_to, frozenset()), tuple(sorted(run.missing))
    mattering = {name for place, name in enumerate(names) if _matters(results, place)}
    open_cases = (dict(zip(names, values, strict=True)) for values, found in results.items() if found[0] == "unknown")
    others = _still_missing(run.missing - set(names), (again(values) for values in open_cases))
    return run._replace(missing=frozenset(mattering | others)), ()


def settled(
    domains: Mapping[str, tuple[Any, ...]], result_with: Callable[[Mapping[str, Any]], Result]
) -> Result | None:
    """The result in which all cases agree, None when they do not: `split` for whom nothing else interests."""
    chosen = few(domains)
    found: Result | None = None
    for values in product(*chosen.values()) if chosen else ():
        result = result_with(dict(zip(chosen, values, strict=True)))
        if result[0] == "unknown" or (found is not None and result != found):
            return None
        found = result
    return found


def _matters(results: Mapping[tuple[Any, ...], Result], place: int) -> bool:
    """Whether the fact at this place changes the result in some case (or the case is still open)."""
    lines: dict[tuple[Any, ...], set[Any]] = {}
    for values, result in results.items():
        rest = values[:place] + values[place + 1 :]
        lines.setdefault(rest, set()).add(result if result[0] != "unknown" else (result[0], values))
    return any(len(line) > 1 for line in lines.values())


def _still_missing(wanted: frozenset[str], runs: Iterable[Run]) -> frozenset[str]:
    """Those of the wanted facts that some run misses; no more runs are looked at than are needed."""
    found: set[str] = set()
    if wanted:
        for run in runs:
            found |= wanted & run.missing
            if found == wanted:
                break
    return frozenset(found)
