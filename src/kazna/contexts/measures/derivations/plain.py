"""Derivations that look at one person's facts of one kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kazna.contexts.measures.book import holds
from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivation, sure_of_absence
from kazna.contexts.registers.contracts import Fact

NEVER = date(9999, 12, 31)


@derivation("value")
def value(asked: Asked) -> Any:
    """The value at `path` of the fact in force; `absent` when a register holds none.

    `with` a role: of the newest fact tying the two people in either direction, in any period.
    """
    if role := asked.options.get("with"):
        tying = asked.book.between(asked.kind, asked.person_id, asked.roles[role])
        fact = max(tying, key=lambda f: (f.valid_from, f.seq), default=None)
    else:
        fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None:
        return asked.absent()
    found = fact.value.get(asked.spec["path"])
    return asked.absent() if found is None else found


@derivation("exists")
def exists(asked: Asked) -> bool:
    """Is a fact of the kind in force? `where`: with these values.

    `with` a role: tying the two people in either direction, in any period.
    """
    if role := asked.options.get("with"):
        facts = asked.book.between(asked.kind, asked.person_id, asked.roles[role])
    else:
        facts = asked.book.in_force(asked.kind, asked.person_id, asked.day)
    for key, allowed in asked.options.get("where", {}).items():
        facts = [f for f in facts if f.value.get(key) in allowed]
    if facts:
        return True
    if sure_of_absence(asked):
        return False
    raise NotKnown


@derivation("none_exists")
def none_exists(asked: Asked) -> bool:
    """No fact of the kind is known at all (nobody has died, whatever the day asked about)."""
    if asked.book.about(asked.kind, asked.person_id):
        return False
    if sure_of_absence(asked):
        return True
    raise NotKnown


@derivation("equals")
def equals(asked: Asked) -> bool:
    """Is the value in force equal to `to`?"""
    fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None or fact.value.get(asked.spec["path"]) is None:
        raise NotKnown
    return str(fact.value[asked.spec["path"]]) == str(asked.options["to"])


@derivation("starts")
def starts(asked: Asked) -> date:
    """The day from which the fact holds."""
    return _nearest(asked).valid_from


@derivation("ends")
def ends(asked: Asked) -> date:
    """The last day of the fact; never for one without a term."""
    fact = _nearest(asked)
    return NEVER if fact.valid_to is None else fact.valid_to - timedelta(days=1)


def _nearest(asked: Asked) -> Fact:
    """The fact in force on the day; else the newest that had begun by then; else the newest."""
    facts = asked.book.about(asked.kind, asked.person_id)
    if not facts:
        raise NotKnown
    return max(facts, key=lambda f: (holds(f, asked.day), f.valid_from <= asked.day, f.valid_from, f.seq))


@derivation("count")
def count(asked: Asked) -> int:
    """How many facts of the kind are in force."""
    found = len(asked.book.in_force(asked.kind, asked.person_id, asked.day))
    if not found and not sure_of_absence(asked):
        raise NotKnown
    return found


@derivation("last_ended")
def last_ended(asked: Asked) -> Any:
    """The value at `path` of the fact that ended last before the day, unless another is in force."""
    if asked.book.in_force(asked.kind, asked.person_id, asked.day):
        return asked.absent()
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
