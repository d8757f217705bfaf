"""What waits for an officer: conflicts of facts and cards that may be one person."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from kazna.contexts.registers.contracts import (
    ConflictNotOpen,
    ConflictView,
    MergeView,
    SuspectNotOpen,
    SuspectView,
)
from kazna.contexts.registers.facts import facts_by_ids
from kazna.contexts.registers.models import Conflict, Merge, Suspect
from kazna.contexts.registers.people import cards

After = tuple[date, UUID]
Matter = TypeVar("Matter", Conflict, Suspect)


def conflicts(
    *, limit: int = 20, after: tuple[date, UUID] | None = None, territory: str | None = None
) -> list[ConflictView]:
    """Open conflicts of facts, the oldest first; `after` is (found_on, conflict_id) of the last one seen.

    `territory`: of people there and of those whose place is not known, as an officer of it sees them.
    """
    return _conflicts(_page(Conflict.objects.filter(settled_on=None), limit, after, territory))


def conflict(*, conflict_id: UUID) -> ConflictView:
    """One open conflict. Raises ConflictNotOpen."""
    for found in _conflicts(list(Conflict.objects.filter(id=conflict_id, settled_on=None))):
        return found
    raise ConflictNotOpen()


def _conflicts(rows: list[Conflict]) -> list[ConflictView]:
    known = {fact.id: fact for fact in facts_by_ids([row.known_fact_id for row in rows])}
    return [
        ConflictView(
            conflict_id=row.id,
            person_id=row.person_id,
            kind=row.kind,
            known=known[row.known_fact_id],
            claim_fact_id=row.claim_fact_id,
            claim_value=row.claim["value"],
            claim_source=row.source,
            document_id=row.document_id,
            found_on=row.found_on,
        )
        for row in rows
    ]


def suspects(
    *, limit: int = 20, after: tuple[date, UUID] | None = None, territory: str | None = None
) -> list[SuspectView]:
    """Pairs of cards that may be one person, the oldest first; `after` is (found_on, suspect_id), places as above."""
    return _suspects(_page(Suspect.objects.filter(settled_on=None), limit, after, territory))


def suspect(*, suspect_id: UUID) -> SuspectView:
    """One open pair of cards. Raises SuspectNotOpen."""
    for found in _suspects(list(Suspect.objects.filter(id=suspect_id, settled_on=None))):
        return found
    raise SuspectNotOpen()


def _suspects(rows: list[Suspect]) -> list[SuspectView]:
    people = cards({person for row in rows for person in (row.person_id, row.other_id)})
    return [
        SuspectView(
            suspect_id=row.id,
            person=people[row.person_id],
            other=people[row.other_id],
            reason=row.reason,
            document_id=row.document_id,
            found_on=row.found_on,
        )
        for row in rows
    ]


def merges_of(*, person_id: UUID) -> list[MergeView]:
    """Merges that this card took part in, kept or dropped, the newest first."""
    rows = Merge.objects.filter(Q(keep_id=person_id) | Q(drop_id=person_id)).order_by("-merged_on", "id")
    return [
        MergeView(row.id, row.keep_id, row.drop_id, row.merged_on, row.merged_by, row.reason, row.undone_on)
        for row in rows
    ]


def matters_open(*, territory: str | None = None) -> dict[str, int]:
    """{"conflicts", "suspects"}: how many wait for an officer, as far as the viewer may see them."""
    here = {} if territory is None else {"territory__in": {territory, ""}}
    return {
        "conflicts": Conflict.objects.filter(settled_on=None, **here).count(),
        "suspects": Suspect.objects.filter(settled_on=None, **here).count(),
    }


def _page(rows: QuerySet[Matter], limit: int, after: After | None, territory: str | None) -> list[Matter]:
    """The next rows by day of finding and id: a page of each place, for an index has them in order."""
    if after:
        day, last_id = after
        rows = rows.filter(Q(found_on__gt=day) | Q(found_on=day, id__gt=last_id))
    if territory is None:
        return list(rows.order_by("found_on", "id")[:limit])
    found = [
        row for place in {territory, ""} for row in rows.filter(territory=place).order_by("found_on", "id")[:limit]
    ]
    return sorted(found, key=lambda row: (row.found_on, row.id))[:limit]
