"""What a right keeps of answers asked on demand: conclusions and digests, not the answers."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django.db.models import Q

from kazna.contexts.measures.determine import Found
from kazna.contexts.measures.models import Standing
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.rules import Library

NOT_KEPT = "не хранится"


def without_answers(library: Library, trace: dict[str, Any], kinds: Iterable[str]) -> dict[str, Any]:
    """The trace with the values of these kinds taken out of its conditions; answers, steps and law stay."""
    withheld = set(kinds)
    if not withheld:
        return trace
    told = deepcopy(trace)
    for condition in told["conditions"]:
        for name in condition["facts"]:
            if kind_of(library, name) in withheld:
                condition["facts"][name] = NOT_KEPT
    return told


def kind_of(library: Library, name: str) -> str:
    """Kind of a vocabulary fact as a trace names it: `applicant.age`, `member[1].cars`; "" for other names."""
    owner, _, short = name.partition(".")
    relation = owner.partition("[")[0]
    if relation in library.relations and short in library.relations[relation].facts:
        return str(library.relations[relation].facts[short].plain["kind"])
    return str(library.facts[name].plain["kind"]) if name in library.facts else ""


def asked_on_demand(found: Found) -> list[Fact]:
    """The answers this determination stands on that are not to be kept."""
    return [fact for fact in found.facts if fact.digest]


def forget_used(found: Iterable[Found]) -> None:
    """Give answers back once nothing open needs them: several measures may wait for the same answer."""
    used = {fact.id: fact for result in found if result.outcome.state != "unknown" for fact in asked_on_demand(result)}
    if not used:
        return
    people, kinds = {fact.subject_id for fact in used.values()}, {fact.kind for fact in used.values()}
    waiting = Standing.objects.filter(
        Q(state="unknown"), people__meets=list(people), awaits__overlap=sorted(kinds)
    ).values_list("people", "awaits")
    still = {(person, kind) for persons, awaited in waiting for person in persons for kind in awaited}
    registers.forget_answers(fact for fact in used.values() if (fact.subject_id, fact.kind) not in still)
