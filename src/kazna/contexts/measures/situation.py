"""From facts in the registers to the situation that a rule decides: closed derivations, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.derivations import Asked, NotKnown, derivations
from kazna.rules import Edition, Library, Situation


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
    library: Library, edition: Edition, roles: Mapping[str, UUID], book: Book, on: date, applied_on: date | None
) -> Scene:
    """Derive every fact the edition names for these people; what cannot be derived stays unknown."""
    scene = Scene(Situation(facts={}, relations={}), people=set(roles.values()))
    case_date = applied_on or on
    dates: dict[str, date] = {"application.date": case_date, "today": on}
    governing = edition.document["governing_date"]
    if governing not in dates:
        person_id = roles.get(governing.partition(".")[0]) or next(iter(roles.values()))
        spec = library.facts[governing].plain
        dates[governing] = _derive(library, spec, person_id, roles, book, on, case_date, edition.id, dates) or on
    on = dates[governing]
    names = sorted(edition.fact_names, key=lambda name: "at" in (library.facts[name].plain.get("derive") or {}))
    for name in names:
        spec = library.facts[name].plain
        person_id = roles.get(spec.get("of", "")) or next(iter(roles.values()))
        value = _derive(library, spec, person_id, roles, book, on, case_date, edition.id, dates)
        if value is not None:
            scene.situation.facts[name] = value
        if isinstance(value, date):
            dates[name] = value
    for relation, fields in edition.relation_facts.items():
        scene.situation.relations[relation] = _rows(
            library, scene, relation, fields, roles, book, on, case_date, edition.id, dates
        )
    return scene


def _rows(library, scene, relation, fields, roles, book, on, case_date, measure, dates) -> list[dict[str, Any]]:
    rows = []
    scene.rows[relation] = []
    ties = [part.tie for part in library.relations[relation].parts]
    for tie, person_id in candidates(ties, roles, book, on):
        row: dict[str, Any] = {"tie": tie}
        for short in fields:
            spec = library.facts[f"{relation}.{short}"].plain
            value = _derive(library, spec, person_id, roles, book, on, case_date, measure, dates, tie)
            if value is not None:
                row[short] = value
        rows.append(row)
        scene.rows[relation].append(person_id)
        scene.people.add(person_id)
    return rows


def candidates(ties: list[str], roles: Mapping[str, UUID], book: Book, on: date) -> list[tuple[str, UUID]]:
    """Living people bound to the applicant by each tie, in a stable order; the rule decides who belongs."""
    me = roles.get("applicant") or roles["person"]
    spouse = book.spouse(me, on)
    found: list[tuple[str, UUID]] = []
    for tie in dict.fromkeys(ties):
        if tie == "applicant":
            found.append((tie, me))
        elif tie == "spouse" and spouse:
            found.append((tie, spouse))
        elif tie == "child":
            parents = [me, spouse] if "applicant" in ties and spouse else [me]
            children = dict.fromkeys(child for parent in parents for child in book.children(parent))
            found += [(tie, child) for child in sorted(children, key=lambda c: (book.birth(c) or date.max, str(c)))]
        elif tie == "issued":
            issued = [f for f in book.about("measure.assigned", me) if f.value.get("measure") == "ru-maternity-capital"]
            found += [
                (tie, fact.object_id) for fact in issued if fact.object_id and fact.object_id != roles.get("child")
            ]
    return [(tie, person) for tie, person in found if tie in ("child", "issued") or _is_alive(book, person, on)]


def _is_alive(book: Book, person_id: UUID, on: date) -> bool:
    died = book.death(person_id)
    return died is None or died > on


def _derive(
    library: Library,
    spec: Mapping[str, Any],
    person_id: UUID,
    roles: Mapping[str, UUID],
    book: Book,
    on: date,
    case_date: date,
    measure: str,
    dates: Mapping[str, date],
    tie: str = "",
) -> Any:
    """One vocabulary fact, typed as the vocabulary says, or None when it is not known."""
    options = dict(spec.get("derive") or {"name": "value"})
    kind = spec["kind"]
    completeness = library.kinds[kind]["completeness"]
    asked = Asked(book, person_id, roles, spec, options, on, case_date, completeness, tie, measure, dates)
    try:
        found = derivations[options["name"]](asked)
    except (NotKnown, KeyError):
        return None
    return _typed(found, spec["type"])


def _typed(value: Any, type_name: str) -> Any:
    """JSON gives text and numbers; the rules want dates, exact numbers, kopecks."""
    if value is None:
        return None
    if type_name == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if type_name == "rate":
        return Fraction(str(value))
    if type_name in ("int", "money"):
        return int(value)
    if type_name == "enum":
        return str(value)
    return value
