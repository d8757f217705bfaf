"""What becomes of a correction: a newer fact took the place, or an officer says why the fact stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.corrections.contracts import AnswerNeeded, CorrectionNotOpen
from kazna.contexts.corrections.models import Correction
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.events.corrections import CorrectionSettled
from kazna.plumbing.outbox import publish

SHORTEST = 10
ANY_OPEN = "SELECT EXISTS (SELECT 1 FROM corrections_correction WHERE person_id = ANY(%s) AND state = ANY(%s))"


@transaction.atomic
def keep_fact(*, correction_id: UUID, reason: str, by: str, on: date, cause: Cause) -> None:
    """See `public.keep`."""
    words = reason.strip()[:2000]
    if len(words) < SHORTEST:
        raise AnswerNeeded()
    row = Correction.objects.select_for_update().filter(id=correction_id, state__in=Correction.OPEN).first()
    if row is None:
        raise CorrectionNotOpen()
    _settle(row, Correction.State.KEPT, on, by, words, cause)


def is_any_open(person_ids: Collection[UUID]) -> bool:
    """Whether anything is said to be wrong about any of these people: asked after every change of facts."""
    with connection.cursor() as cursor:
        cursor.execute(ANY_OPEN, [list(person_ids), list(map(str, Correction.OPEN))])
        return bool(cursor.fetchone()[0])


def note_replaced(*, person_ids: Collection[UUID], on: date, cause: Cause) -> int:
    """Close corrections whose fact is no longer among the current ones; return how many."""
    rows = list(
        Correction.objects.select_for_update().filter(person_id__in=list(person_ids), state__in=Correction.OPEN)
    )
    if not rows:
        return 0
    current = registers.facts_of({row.person_id for row in rows}, kinds={row.kind for row in rows})
    known = {fact.id for fact in current}
    replaced = [row for row in rows if row.fact_id not in known]
    for row in replaced:
        _settle(row, Correction.State.CORRECTED, on, "", "", cause)
    return len(replaced)


def _settle(row: Correction, state: Correction.State, on: date, by: str, reason: str, cause: Cause) -> None:
    row.state, row.settled_on, row.settled_by, row.reason = state, on, by, reason
    row.save(update_fields=["state", "settled_on", "settled_by", "reason"])
    publish(CorrectionSettled(row.id, row.person_id, state, on, cause))
