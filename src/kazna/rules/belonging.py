"""Who belongs to the family a law counts, and why: the very conditions that determination uses, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.explain.rendering import say_rule
from kazna.rules.language.nodes import Joined, Node
from kazna.rules.situation import Situation, prepare


@dataclass(frozen=True, slots=True)
class Belonging:
    """One candidate. `belongs` None: not known. `part`: the words of the law that took the person in, or the part
    that came nearest. `against`: conditions of that part that do not hold; `unknown`: those not known."""

    tie: str
    belongs: bool | None
    part: str
    law: str
    against: tuple[str, ...]
    unknown: tuple[str, ...]


def belonging(
    edition: Edition, relation: str, situation: Situation, *, on: date, parameters: Parameters
) -> list[Belonging] | None:
    """One per candidate, in the situation's order; None when the relation is unknown as a whole."""
    determiner = edition.determiner
    prepared = prepare(situation, determiner.facts, determiner.relations)
    environment = determiner.environment(prepared, on, parameters)
    environment.governing = determiner.program.governing.value(environment)
    people = environment.people.get(relation)
    if people is None:
        return None
    return [_of_person(edition, relation, environment, person) for person in people]


def _of_person(edition: Edition, relation: str, environment: Environment, person: Person) -> Belonging:
    definition = edition.relations[relation]
    environment.person = person
    tried = []
    for part in definition.parts:
        if part.tie != person.tie:
            continue
        answers = [(node, _answer(edition, node, environment)) for node in _conditions(part.when)]
        against = tuple(say_rule(node, edition) for node, answer in answers if answer is False)
        unknown = tuple(say_rule(node, edition) for node, answer in answers if answer is None)
        belongs = False if against else None if unknown else True
        tried.append(Belonging(person.tie or "", belongs, part.title, part.law or definition.law, against, unknown))
    environment.person = None
    if not tried:
        return Belonging(person.tie or "", False, "", definition.law, ("такой связи закон не называет",), ())
    return min(tried, key=lambda one: (one.belongs is not True, one.belongs is not None, len(one.against)))


def _conditions(when: Node | None) -> tuple[Node, ...]:
    """What has to hold at once."""
    if when is None:
        return ()
    return when.operands if isinstance(when, Joined) and when.sign == "and" else (when,)


def _answer(edition: Edition, node: Node, environment: Environment) -> bool | None:
    value = edition.program.compiler.compile(node).value(environment)
    return value if isinstance(value, bool) else None
