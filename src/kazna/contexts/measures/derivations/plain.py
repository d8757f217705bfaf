"""Derivations that look at one person's facts of one kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from kazna.contexts.measures.book import holds
from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivation, sure_of_absence

NEVER = date(9999, 12, 31)


@derivation("value")
def value(asked: Asked) -> Any:
    """The value at `path` of the fact in force; `absent` when a register holds none."""
    fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None:
        return asked.absent()
    found = fact.value.get(asked.spec["path"])
    return asked.absent() if found is None else found


@derivation("exists")
def exists(asked: Asked) -> bool:
    """Is a fact of the kind in force? `with` a role: pointing at that person; `where`: with these values."""
    facts = asked.book.in_force(asked.kind, asked.person_id, asked.day)
    if role := asked.options.get("with"):
        other = asked.roles[role]
        facts = [f for f in facts if f.object_id == other] + [
            f for f in asked.book.in_force(asked.kind, other, asked.day) if f.object_id == asked.person_id
        ]
    for key, allowed in asked.options.get("where", {}).items():
        facts = [f for f in facts if f.value.get(key) in allowed]
    if facts:
        return True
    if sure_of_absence(asked):
        return False
    raise NotKnown


@derivation("none_exists")
def none_exists(asked: Asked) -> bool:
    return not exists(asked)


@derivation("equals")
def equals(asked: Asked) -> bool:
    """Is the value in force equal to `to`?"""
    fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None or fact.value.get(asked.spec["path"]) is None:
        raise NotKnown
    return str(fact.value[asked.spec["path"]]) == str(asked.options["to"])


@derivation("starts")
def starts(asked: Asked) -> date:
    """The day from which the fact in force holds."""
    fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None:
        raise NotKnown
    return fact.valid_from


@derivation("ends")
def ends(asked: Asked) -> date:
    """The last day of the fact in force; never for one without a term."""
    fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None:
        raise NotKnown
    return NEVER if fact.valid_to is None else date.fromordinal(fact.valid_to.toordinal() - 1)


@derivation("count")
def count(asked: Asked) -> int:
    """How many facts of the kind are in force."""
    found = len(asked.book.in_force(asked.kind, asked.person_id, asked.day))
    if not found and not sure_of_absence(asked):
        raise NotKnown
    return found


@derivation("last_ended")
def last_ended(asked: Asked) -> Any:
    """The value at `path` of the fact that ended last before the day."""
    ended = [
        f for f in asked.book.about(asked.kind, asked.person_id) if f.valid_to is not None and f.valid_to <= asked.day
    ]
    if not ended:
        return asked.absent()
    return max(ended, key=lambda f: (f.valid_to, f.seq)).value.get(asked.spec["path"]) or asked.absent()


@derivation("citizen_since")
def citizen_since(asked: Asked) -> date:
    """The day citizenship of Russia was acquired; the day of birth for citizens by birth."""
    facts = [f for f in asked.book.about(asked.kind, asked.person_id) if f.value.get("oksm") == "643"]
    facts = [f for f in facts if holds(f, asked.day)]
    if not facts:
        raise NotKnown
    return min(f.valid_from for f in facts)


@derivation("case_date")
def case_date(asked: Asked) -> date:
    """The day of application; when nobody applied, the day the question is asked."""
    return asked.case_date
