"""From facts in the registers to the situation that a rule decides: closed derivations, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from kazna.contexts.measures.book import Book, NotKnown
from kazna.contexts.measures.derivations import Asked, derivations
from kazna.kernel.periods import full_years
from kazna.rules import Edition, Library, Situation
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.language.nodes import MemberFact

TIES = frozenset({"applicant", "spouse", "child", "issued", "parent", "registered"})
ADULT = 18
VALUE = {"name": "value"}


@dataclass(slots=True)
class Scene:
    """A situation with the memory of what it was made of.

    `people` are the roles and candidates; `rows` the candidates of each relation in order, so that
    `member[1].income_12m` can be traced back to a person.
    """

    situation: Situation
    people: set[UUID] = field(default_factory=set)
    rows: dict[str, list[UUID]] = field(default_factory=dict)


def set_scene(
    library: Library, edition: Edition, roles: Mapping[str, UUID], book: Book, on: date, case_date: date
) -> Scene:
    """Derive every fact the edition names for these people; what cannot be derived stays unknown.

    `case_date`: the day of application; of the question, when nobody applied.
    """
    director = Director(library, edition, roles, book, on, case_date, {"application.date": case_date, "today": on})
    director.look_at_the_governing_date()
    scene = Scene(Situation(facts=director.facts(), relations={}), people=set(roles.values()))
    for relation, fields in edition.relation_facts.items():
        _seat(director, scene, relation, fields)
    return scene


def seat_family(
    library: Library, edition: Edition, roles: Mapping[str, UUID], book: Book, on: date, relation: str
) -> Scene:
    """The people of one relation alone, with what decides whether they belong; for who asks about nothing else."""
    director = Director(library, edition, roles, book, on, on, {"application.date": on, "today": on})
    days = {name: day for name, day in director.dates.items() if name in edition.fact_names}
    scene = Scene(Situation(facts=days, relations={}), people=set(roles.values()))
    nodes = [node for part in library.relations[relation].parts if part.when for node in part.when.walk()]
    fields = tuple(sorted({node.name for node in nodes if isinstance(node, MemberFact)}))
    _seat(director, scene, relation, fields)
    return scene


def _seat(director: Director, scene: Scene, relation: str, fields: tuple[str, ...]) -> None:
    """Find the candidates of a relation and derive what the edition reads of each."""
    try:
        found = director.candidates(relation)
    except NotKnown:  # sources disagree about a marriage or a death: who is there is not known
        scene.rows[relation], scene.situation.relations[relation] = [], None
        return
    scene.rows[relation] = [person_id for _, person_id in found]
    scene.people.update(scene.rows[relation])
    told = is_told(director.library.relations[relation], found)
    rows = [director.row(relation, fields, *candidate) for candidate in found] if told else None
    scene.situation.relations[relation] = rows


def is_told(definition: RelationDefinition, found: Sequence[object]) -> bool:
    """Whether these candidates are everybody, so many as there can be; else it is not known and an officer looks."""
    is_whole = {part.tie for part in definition.parts} <= TIES  # people by other ties are not to be found here
    return is_whole and definition.least <= len(found) <= definition.most


@dataclass(slots=True)
class Director:
    """One setting of a scene: who plays whom, from which book, for which day (`on`, the governing date)."""

    library: Library
    edition: Edition
    roles: Mapping[str, UUID]
    book: Book
    on: date
    case_date: date
    dates: dict[str, date]

    def look_at_the_governing_date(self) -> None:
        """From here on facts are wanted for the day that governs the right."""
        name = self.edition.document["governing_date"]
        if name not in self.dates:
            self.dates[name] = self.fact(name) or self.on
        self.on = self.dates[name]

    def facts(self) -> dict[str, Any]:
        """Known facts of the roles; dates first, other facts may be wanted `at` one of them."""
        found = {}
        for name in _in_order(self.edition):
            value = self.fact(name)
            if value is not None:
                found[name] = value
            if isinstance(value, date):
                self.dates[name] = value
        return found

    def order(self, name: str) -> tuple[bool, str]:
        """Facts wanted at a date come after the others."""
        return "at" in (self.library.facts[name].plain.get("derive") or {}), name

    def fact(self, name: str) -> Any:
        """A fact of a role; one that names no role here (`application.date`) is asked of the first."""
        spec = self.library.facts[name].plain
        return self.derive(spec, self.roles.get(spec.get("of", "")) or next(iter(self.roles.values())))

    def row(self, relation: str, fields: tuple[str, ...], tie: str, person_id: UUID) -> dict[str, Any]:
        """What is known of one candidate, with the tie that brought it here."""
        known = self.library.relations[relation].facts
        told = {short: self.derive(known[short].plain, person_id, tie) for short in fields}
        return {"tie": tie, **{short: value for short, value in told.items() if value is not None}}

    def candidates(self, relation: str) -> list[tuple[str, UUID]]:
        """People bound to the applicant by each tie, in a stable order; the rule decides who belongs."""
        ties = dict.fromkeys(part.tie for part in self.library.relations[relation].parts)
        me = self.roles.get("applicant") or self.roles["person"]
        spouse = self.book.spouse(me, self.on)
        found: list[tuple[str, UUID]] = []
        if "applicant" in ties:
            found.append(("applicant", me))
        if "spouse" in ties and spouse:
            found.append(("spouse", spouse))
        found = [(tie, person) for tie, person in found if self._is_alive(person)]
        if "child" in ties:
            parents = [me, spouse] if "applicant" in ties and spouse else [me]
            children = dict.fromkeys(child for parent in parents for child in self._children(parent))
            if "applicant" in ties:  # a family is of the living; a list of one's children keeps those who died
                children = dict.fromkeys(child for child in children if self._is_alive(child))
            found += [("child", child) for child in sorted(children, key=self._age_order)]
        if "parent" in ties:
            found += [("parent", parent) for parent in self._parents_of_minor(me) if self._is_alive(parent)]
        if "registered" in ties:
            others = self.book.registered_with(me, self.on) - {person for _, person in found} - {me}
            found += [("registered", one) for one in sorted(others, key=self._age_order) if self._is_alive(one)]
        if "issued" in ties:
            found += [("issued", child) for child in self._children_with_certificate(me)]
        return found

    def _children(self, parent: UUID) -> list[UUID]:
        """By acts and guardianship, without those whose tie has ended: by adoption, by the end of guardianship."""
        ties = self.book.pointing_at("family.parent", parent)
        return [tie.subject_id for tie in ties if tie.valid_to is None or tie.valid_to > self.on]

    def _parents_of_minor(self, child: UUID) -> list[UUID]:
        """Whose tie holds on the day, the mother first; grown-ups are a family without their parents."""
        born = self.book.birth(child)
        if born is None or full_years(born, self.on) >= ADULT:
            return []
        ties = [
            tie for tie in self.book.about("family.parent", child) if tie.valid_to is None or tie.valid_to > self.on
        ]
        ties.sort(key=lambda tie: (tie.value.get("role") != "mother", tie.seq))
        return list(dict.fromkeys(tie.object_id for tie in ties if tie.object_id))

    def _children_with_certificate(self, parent: UUID) -> list[UUID]:
        """Other children for whom this edition's own measure was assigned to the parent before."""
        assigned = self.book.about("measure.assigned", parent)
        return [
            fact.object_id
            for fact in assigned
            if fact.value.get("measure") == self.edition.id and fact.object_id not in (None, self.roles.get("child"))
        ]

    def _age_order(self, child: UUID) -> tuple[date, str]:
        try:
            return self.book.birth(child) or date.max, str(child)
        except NotKnown:
            return date.max, str(child)

    def _is_alive(self, person_id: UUID) -> bool:
        died = self.book.death(person_id)
        return died is None or died > self.on

    def derive(self, spec: Mapping[str, Any], person_id: UUID, tie: str = "") -> Any:
        """One vocabulary fact, typed as the vocabulary says, or None when it is not known."""
        options = spec.get("derive") or VALUE
        asked = Asked(
            book=self.book,
            person_id=person_id,
            roles=self.roles,
            spec=spec,
            options=options,
            on=self.on,
            case_date=self.case_date,
            completeness=self.library.kinds[spec["kind"]]["completeness"],
            tie=tie,
            measure=self.edition.id,
            dates=self.dates,
        )
        try:
            return typed(derivations[options["name"]](asked), spec["type"])
        except NotKnown:
            return None


@lru_cache(maxsize=1024)
def _in_order(edition: Edition) -> list[str]:
    """Names of facts: those wanted `at` the day of another one come after it."""
    return sorted(edition.fact_names, key=lambda name: ("at" in (edition.facts[name].plain.get("derive") or {}), name))


def typed(value: Any, type_name: str) -> Any:
    """JSON gives text and numbers; the rules want dates, exact numbers, kopecks; monthly amounts stay as they are."""
    if value is None:
        return None
    if type_name == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if type_name == "rate":
        return Fraction(str(value))
    if type_name in ("int", "money"):
        return int(value)
    return str(value) if type_name == "enum" else value
