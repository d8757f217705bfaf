"""Derivations over ties: parents, children, spouses, who lives with whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kazna.contexts.measures.book import holds
from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivation, sure_of_absence
from kazna.kernel.periods import add_months, full_years

CITIZEN = "643"
OWN_RESIDENCE_FROM_YEARS = 14  # Civil Code, article 20: younger children live where their parents live


@derivation("tie")
def tie(asked: Asked) -> Any:
    """Who the person is to the one in the role `with`: mother, father…"""
    child = asked.roles[asked.options["with"]]
    for fact in asked.book.about(asked.kind, child):
        if fact.object_id == asked.person_id:
            return fact.value[asked.spec["path"]]
    return asked.absent()


@derivation("tie_is")
def tie_is(asked: Asked) -> bool:
    """Is the relation's candidate bound by this tie (child, spouse)?"""
    return asked.tie == asked.options["tie"]


@derivation("child_order")
def child_order(asked: Asked) -> int:
    """Which child it is at the mother: as the act says, else by births in the register."""
    details = asked.book.about("family.birth_details", asked.person_id)
    if details and details[-1].value.get("order"):
        return int(details[-1].value["order"])
    mother = asked.book.parent(asked.person_id, "mother")
    if mother is None:
        raise NotKnown
    born = [(asked.book.birth(child), str(child), child) for child in asked.book.children(mother)]
    if any(day is None for day, _, _ in born):
        raise NotKnown
    return 1 + [child for _, _, child in sorted(born)].index(asked.person_id)


@derivation("elder_twin_order")
def elder_twin_order(asked: Asked) -> int:
    """Which child at the mother the first of the twins is, when one stands before this child; else 0."""
    mother = asked.book.parent(asked.person_id, "mother")
    born = asked.book.birth(asked.person_id)
    if born is None:
        raise NotKnown
    if mother is None:
        return 0
    own = child_order(asked)
    twins = [child for child in asked.book.children(mother) if asked.book.birth(child) == born]
    orders = [child_order(replace(asked, person_id=child)) for child in twins if child != asked.person_id]
    return min((order for order in orders if order < own), default=0)


@derivation("child_citizenship")
def child_citizenship(asked: Asked) -> bool:
    """Citizenship on record, else that of a parent on the day of birth (138-ФЗ от 28.04.2023)."""
    fact = asked.book.latest("person.citizenship", asked.person_id, asked.day)
    if fact is not None:
        return fact.value.get("oksm") == CITIZEN
    return _a_parent_is_citizen(asked)


@derivation("citizenship_by_birth")
def citizenship_by_birth(asked: Asked) -> bool:
    """As recorded, else whether a parent was a citizen on the day of birth."""
    fact = asked.book.latest("person.citizenship", asked.person_id, asked.day)
    if fact is not None and fact.value.get("by_birth") is not None:
        return bool(fact.value["by_birth"])
    return _a_parent_is_citizen(asked)


def _a_parent_is_citizen(asked: Asked) -> bool:
    born = asked.book.birth(asked.person_id)
    parents = asked.book.parents(asked.person_id)
    if born is None or not parents:
        raise NotKnown
    known = [asked.book.latest("person.citizenship", parent, born) for parent in parents]
    if any(fact is not None and fact.value.get("oksm") == CITIZEN for fact in known):
        return True
    if any(fact is None for fact in known):
        raise NotKnown
    return False


@derivation("mother_exists")
def mother_exists(asked: Asked) -> bool:
    """Is a fact of the kind in force about the child's mother? An act without a mother counts as her death."""
    mother = asked.book.parent(asked.person_id, "mother")
    if mother is None:
        return asked.kind == "person.death"
    facts = asked.book.in_force(asked.kind, mother, asked.day)
    facts += [f for f in asked.book.in_force(asked.kind, asked.person_id, asked.day) if f.object_id == mother]
    return bool(facts)


@derivation("any_parent")
def any_parent(asked: Asked) -> bool:
    """Is a fact of the kind in force about at least one parent?"""
    parents = asked.book.parents(asked.person_id)
    if any(asked.book.in_force(asked.kind, parent, asked.day) for parent in parents):
        return True
    if sure_of_absence(asked):
        return False
    raise NotKnown


@derivation("single_parent")
def single_parent(asked: Asked) -> bool:
    """The act names one parent only, or the other one has died."""
    living = [p for p in asked.book.parents(asked.person_id) if not _died_before(asked, p)]
    return len(living) == 1


def _died_before(asked: Asked, person_id: Any) -> bool:
    died = asked.book.death(person_id)
    return died is not None and died <= asked.day


@derivation("residence")
def residence(asked: Asked) -> Any:
    """`path` of the own residence; a child under 14 without a record lives where the mother, else the father, does."""
    own = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if own is None and _is_under_fourteen(asked):
        parents = [asked.book.latest(asked.kind, parent, asked.day) for parent in asked.book.parents(asked.person_id)]
        own = next((fact for fact in parents if fact is not None), None)
    if own is None:
        raise NotKnown
    return own.value.get(asked.spec["path"])


def _is_under_fourteen(asked: Asked) -> bool:
    born = asked.book.birth(asked.person_id)
    return born is not None and full_years(born, asked.day) < OWN_RESIDENCE_FROM_YEARS


@derivation("lives_with")
def lives_with(asked: Asked) -> bool:
    """Same address as the applicant; a child under 14 without an own record lives with the parents."""
    own = asked.book.latest("person.residence", asked.person_id, asked.day)
    other = asked.book.latest("person.residence", asked.applicant, asked.day)
    if own is None:
        if _is_under_fourteen(asked) and asked.applicant in asked.book.parents(asked.person_id):
            return True
        raise NotKnown
    if other is None:
        raise NotKnown
    return own.value.get("address") == other.value.get("address")


@derivation("parents_apart")
def parents_apart(asked: Asked) -> bool:
    """Both parents live and are not married to each other."""
    living = [p for p in asked.book.parents(asked.person_id) if not _died_before(asked, p)]
    return len(living) == 2 and asked.book.spouse(living[0], asked.day) != living[1]


@derivation("children_apart")
def children_apart(asked: Asked) -> int:
    """Minor children of the person whose other parent is alive and is not the person's spouse."""
    spouse = asked.book.spouse(asked.person_id, asked.day)
    apart = 0
    for child in asked.book.children(asked.person_id):
        born = asked.book.birth(child)
        others = [p for p in asked.book.parents(child) if p != asked.person_id and not _died_before(asked, p)]
        if born and full_years(born, asked.day) < 18 and others and spouse not in others:
            apart += 1
    return apart


@derivation("custody_lost")
def custody_lost(asked: Asked) -> bool:
    """Is custody between the candidate and the applicant (or the claimed child) lost?"""
    people = {asked.person_id, *asked.roles.values()}
    return any(
        holds(fact, asked.day) and fact.object_id in people
        for person in people
        for fact in asked.book.about("family.custody_lost", person)
        if asked.person_id in (fact.subject_id, fact.object_id)
    )


@derivation("raised_to")
def raised_to(asked: Asked) -> bool:
    """The child reached the age of `years` alive and the person kept custody."""
    born = asked.book.birth(asked.person_id)
    if born is None:
        raise NotKnown
    reached = add_months(born, 12 * int(asked.options["years"]))
    died = asked.book.death(asked.person_id)
    return reached <= asked.day and (died is None or died >= reached) and not custody_lost(asked)
