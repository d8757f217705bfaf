"""Which source is believed when several tell of one thing: data of the catalogue, with a reason."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from kazna.contexts.registers.contracts import Fact

COMPARED = "SELECT code, precedence::text FROM registers_fact_kind WHERE precedence <> '{}'"
KINDS = "SELECT code, NULLIF(precedence, '{}')::text FROM registers_fact_kind"
ANYBODY = "*"  # the place in the order of sources not named
END, OBJECT = "@to", "@object"  # what is compared beside keys of the value


class Told(Protocol):
    """A fact or an entry: what is compared."""

    @property
    def source(self) -> str: ...
    @property
    def object_id(self) -> UUID | None: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def value(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Precedence:
    """`sources` from the one believed first, «*» for those not named. `compared`: keys of the value, `@to` or `@object`
    that must agree, none where statements do not exclude one another. `about`: keys that tell things of one kind apart.
    """

    sources: tuple[str, ...]
    compared: tuple[str, ...]
    reason: str
    about: tuple[str, ...] = ()

    def rank(self, source: str) -> int:
        place = source if source in self.sources else ANYBODY
        return self.sources.index(place) if place in self.sources else len(self.sources)

    def differ(self, one: Told, other: Told) -> bool:
        """Two sources tell different things of one thing on days they share; silence is no difference."""
        if not self.compared or one.source == other.source or not _share_days(one, other):
            return False
        if any(_told(one, key) is None or _told(one, key) != _told(other, key) for key in self.about):
            return False
        pairs = ((_told(one, key), _told(other, key)) for key in self.compared)
        return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def precedences() -> Mapping[str, Precedence]:
    """By kind, of the kinds whose sources are compared."""
    with connection.cursor() as cursor:
        cursor.execute(COMPARED)
        return _read(tuple(cursor.fetchall()))


def kinds_and_precedences() -> tuple[frozenset[str], Mapping[str, Precedence]]:
    """All kinds of the catalogue, and the precedences of those whose sources are compared, by one question."""
    with connection.cursor() as cursor:
        cursor.execute(KINDS)
        rows = cursor.fetchall()
    return frozenset(code for code, _ in rows), _read(tuple(row for row in rows if row[1] is not None))


@lru_cache(maxsize=4)
def _read(rows: tuple[tuple[str, str], ...]) -> Mapping[str, Precedence]:
    """Read once while the catalogue says the same: every document that is recorded asks."""
    return {code: precedence(json.loads(told)) for code, told in rows}


def precedence(told: Mapping[str, Any]) -> Precedence:
    """As the catalogue keeps it."""
    about = tuple(told.get("about", ()))
    return Precedence(tuple(told["sources"]), tuple(told["compared"]), told["reason"], about)


def believed(facts: Sequence[Fact]) -> list[Fact]:
    """Without those that a source believed before theirs contradicts; the order is kept."""
    of_one: dict[tuple[str, UUID], list[Fact]] = defaultdict(list)
    for fact in facts:
        of_one[fact.kind, fact.subject_id].append(fact)
    several = {key: told for key, told in of_one.items() if len({fact.source for fact in told}) > 1}
    if not several:
        return list(facts)
    rules = precedences()
    outdone = {
        fact.id
        for (kind, _), told in several.items()
        if (rule := rules.get(kind))
        for fact in told
        if any(rule.rank(other.source) < rule.rank(fact.source) and rule.differ(fact, other) for other in told)
    }
    return [fact for fact in facts if fact.id not in outdone]


def _told(one: Told, key: str) -> Any:
    """None: the source does not tell it. Spelling with ё or е and in capitals is no difference."""
    if key == END:
        end = one.value.get("stated_to", one.valid_to)
        return str(end) if end else "open"
    if key == OBJECT:
        return one.object_id
    told = one.value.get(key)
    return told.lower().replace("ё", "е") if isinstance(told, str) else told


def _share_days(one: Told, other: Told) -> bool:
    if one.valid_from == other.valid_from:  # then one of the two may have been ended by the other
        return True
    starts_in_time = other.valid_to is None or one.valid_from < other.valid_to
    return starts_in_time and (one.valid_to is None or other.valid_from < one.valid_to)
