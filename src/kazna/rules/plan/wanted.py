"""The missing facts of many outcomes, each once, with the measures that wait for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.edition import Edition
from kazna.rules.explain.wording import name_of
from kazna.rules.outcome import Outcome
from kazna.rules.situation import TIE, Situation

ROLES = {"applicant": "заявитель", "person": "сам человек", "child": "ребёнок", "deceased": "умерший"}
SELF = "person"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`name`: as missing lists name it. `person`: role, or `member[1]`; `whose`: the same in words.

    `definition` None: the whole list `relation` is unknown. `measures`: sorted ids.
    """

    name: str
    definition: FactDefinition | None
    relation: RelationDefinition | None
    person: str
    whose: str
    measures: tuple[str, ...]

    @property
    def title(self) -> str:
        if self.definition is not None:
            return self.definition.title
        return self.relation.title if self.relation is not None else self.name

    @property
    def is_for_citizen(self) -> bool:
        """Nobody but the citizen can tell it."""
        return self.definition is not None and (self.definition.cost == "citizen" or not self.definition.holder)


def wanted_of(outcomes: Iterable[tuple[Edition, Outcome]]) -> tuple[list[Wanted], list[str]]:
    """The facts to get, in the order of the outcomes' lists, and what the law itself lacks, in words."""
    waiting: dict[str, list[tuple[Edition, Outcome]]] = {}
    for edition, outcome in outcomes:
        for name in outcome.missing:
            waiting.setdefault(name, []).append((edition, outcome))
    found, lacking = [], []
    for name, pairs in waiting.items():
        edition, outcome = pairs[0]
        definition, relation = edition.determiner.definition(name), edition.relations.get(name.partition("[")[0])
        if definition is None and relation is None:
            lacking.append(name_of(edition, name))
            continue
        person, whose = person_of(name, definition, relation, outcome.situation)
        measures = tuple(sorted({one.id for one, _ in pairs}))
        found.append(Wanted(name, definition, relation, person, whose, measures))
    return found, lacking


def person_of(
    name: str, definition: FactDefinition | None, relation: RelationDefinition | None, situation: Situation
) -> tuple[str, str]:
    """Whose fact it is: (role or `member[1]`, words)."""
    person, bracket, _ = name.partition("].")
    if bracket and relation is not None:
        place = int(person.partition("[")[2])
        rows = situation.relations.get(relation.name) or ()
        tie = rows[place].get(TIE) if place < len(rows) else None
        title = next((part.title for part in relation.parts if part.tie == tie and part.title), "")
        return f"{person}]", f"{title.partition(',')[0] or relation.title} (человек {place + 1})"
    role = str(definition.plain.get("of") or name.partition(".")[0]) if definition is not None else SELF
    return role, ROLES.get(role, role)
