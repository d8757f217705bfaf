"""Counting over people when some are only possibly there and some facts are unknown.

Every aggregate keeps its least and greatest possible value, so that «at least three children» or «income
not above the limit» is settled as soon as the bounds settle it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kazna.rules.evaluate.code import Code, Compiler, Membership
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.evaluate.spans import high, hull, is_unknown, low, span, unknown_of
from kazna.rules.language.nodes import Aggregate


def aggregate(compiler: Compiler, node: Aggregate) -> Code:
    group = _Group(compiler, node)
    return Code(VALUES[node.kind](group), group.missing)


class _Group:
    """The people of one aggregate, with the guard (belongs and where) and the value looked at."""

    def __init__(self, compiler: Compiler, node: Aggregate) -> None:
        self.node = node
        self.membership = membership(compiler, node.relation)
        self.where = compiler.compile(node.where) if node.where is not None else None
        self.subject = compiler.compile(node.subject) if node.subject is not None else None

    def guards(self, environment: Environment) -> Iterator[tuple[Person, bool | None]]:
        """Each possible member and whether it counts; the person is set while its facts are read."""
        before = environment.person
        for person, belongs in members(self.membership, environment):
            environment.person = person
            found = self.where.value(environment) if self.where is not None else True
            if found is not False:
                yield person, True if belongs and found else None
        environment.person = before

    def is_unknown(self, environment: Environment) -> bool:
        """Nobody told who is in the list, or fewer belong than by law always do: then somebody is not told."""
        if environment.people.get(self.node.relation) is None:
            return True
        least = self.membership.relation.least
        return least > 0 and len(members(self.membership, environment)) < least

    def missing(self, environment: Environment, found: set[str]) -> None:
        if self.is_unknown(environment):
            found.add(self.node.relation)
            return
        before = environment.person
        for person, belongs in members(self.membership, environment):
            environment.person = person
            self._missing_of_one(environment, belongs, found)
        environment.person = before

    def _missing_of_one(self, environment: Environment, belongs: bool | None, found: set[str]) -> None:
        counts = self.where.value(environment) if self.where is not None else True
        if counts is False and self.node.kind != "all":
            return
        if counts is True and self.node.kind == "all":
            return
        if belongs is None:
            _missing_membership(self.membership, environment, found)
        if counts is None and self.where is not None:
            self.where.missing(environment, found)
        if self.subject is not None and is_unknown(self.subject.value(environment)):
            self.subject.missing(environment, found)


def membership(compiler: Compiler, relation: str) -> Membership:
    """The compiled conditions of belonging, made once."""
    if relation not in compiler.memberships:
        definition = compiler.relations[relation]
        parts: dict[str, tuple[Code | None, ...]] = {}
        for part in definition.parts:
            code = compiler.compile(part.when) if part.when is not None else None
            parts[part.tie] = (*parts.get(part.tie, ()), code)
        compiler.memberships[relation] = Membership(definition, parts)
    return compiler.memberships[relation]


def members(group: Membership, environment: Environment) -> list[tuple[Person, bool | None]]:
    """People who belong (True) or may belong (None), computed once in a determination."""
    name = group.relation.name
    if name not in environment.members:
        before = environment.person
        found: list[tuple[Person, bool | None]] = []
        for person in environment.people.get(name) or ():
            environment.person = person
            belongs = _belongs(group, environment, person)
            if belongs is not False:
                found.append((person, belongs))
        environment.person = before
        environment.members[name] = found
    return environment.members[name]


def _belongs(group: Membership, environment: Environment, person: Person) -> bool | None:
    if person.tie is None:
        return True
    result: bool | None = False
    for part in group.parts.get(person.tie, ()):
        found = part.value(environment) if part is not None else True
        if found:
            return True
        if found is None:
            result = None
    return result


def _missing_membership(group: Membership, environment: Environment, found: set[str]) -> None:
    person = environment.person
    for part in group.parts.get(person.tie or "", ()) if person is not None else ():
        if part is not None and part.value(environment) is None:
            part.missing(environment, found)


def _count(group: _Group) -> Any:
    relation = group.membership.relation
    least = relation.least if group.where is None else 0

    def value(environment: Environment) -> Any:
        if group.is_unknown(environment):
            return span(least, relation.most)
        surely = possibly = 0
        for _, counts in group.guards(environment):
            surely += counts is True
            possibly += 1
        return span(surely, possibly)

    return value


def _exists(group: _Group, answer: bool) -> Any:
    """`any` (answer True) and `none` (answer False)."""

    def value(environment: Environment) -> bool | None:
        if group.is_unknown(environment):
            return None
        found = [counts for _, counts in group.guards(environment)]
        if any(counts is True for counts in found):
            return answer
        return None if found else not answer

    return value


def _all(group: _Group) -> Any:
    """Every member fulfils the condition; true of an empty group."""

    def value(environment: Environment) -> bool | None:
        if group.is_unknown(environment) or group.where is None:
            return None
        result: bool | None = True
        before = environment.person
        for person, belongs in members(group.membership, environment):
            environment.person = person
            found = group.where.value(environment)
            if found is not True:
                result = False if found is False and belongs else None if result is not False else False
        environment.person = before
        return result

    return value


def _sum(group: _Group) -> Any:
    most, each = group.membership.relation.most, unknown_of(group.node.subject.type) if group.node.subject else 0
    unknown = span(min(0, low(each) * most), max(0, high(each) * most))
    subject = group.subject.value if group.subject is not None else lambda environment: 0

    def value(environment: Environment) -> Any:
        if group.is_unknown(environment):
            return unknown
        least: Any = 0
        greatest: Any = 0
        for _, counts in group.guards(environment):
            one = subject(environment)
            least += low(one) if counts else min(0, low(one))
            greatest += high(one) if counts else max(0, high(one))
        return span(least, greatest)

    return value


def _extreme(group: _Group, best: Any) -> Any:
    """`min` and `max`; `empty` is the value of an empty group."""
    empty, subject = group.node.empty, group.subject
    each = unknown_of(group.node.subject.type) if group.node.subject else None

    def value(environment: Environment) -> Any:
        if group.is_unknown(environment) or subject is None:
            return hull((each, empty))
        sure: list[Any] = []
        maybe: list[Any] = []
        for _, counts in group.guards(environment):
            (sure if counts else maybe).append(subject.value(environment))
        if not sure:
            return hull([empty, *maybe])
        bottom, top = [low(one) for one in sure], [high(one) for one in sure]
        with_maybe = (best(bottom + [low(one) for one in maybe]), best(top + [high(one) for one in maybe]))
        without = (best(bottom), best(top))
        return span(min(with_maybe[0], without[0]), max(with_maybe[1], without[1]))

    return value


VALUES: dict[str, Any] = {
    "count": _count,
    "any": lambda group: _exists(group, True),
    "none": lambda group: _exists(group, False),
    "all": _all,
    "sum": _sum,
    "min": lambda group: _extreme(group, min),
    "max": lambda group: _extreme(group, max),
}
