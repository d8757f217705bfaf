"""A person calls a fact wrong."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from kazna.contexts.corrections.contracts import TERM_DAYS, ClaimMissing, FactNotThere
from kazna.contexts.corrections.models import Correction
from kazna.contexts.reference import public as reference
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.events.corrections import CorrectionFiled
from kazna.plumbing.outbox import publish

SHORTEST, LONGEST = 10, 2000


@transaction.atomic
def file_correction(*, fact_id: UUID, asked_by: UUID, claim: str, on: date, cause: Cause) -> UUID:
    """See `public.file`."""
    words = claim.replace("\x00", "").strip()[:LONGEST]
    if len(words) < SHORTEST:
        raise ClaimMissing()
    fact = next(iter(registers.facts_by_ids([fact_id])), None)
    if fact is None or fact.id not in {one.id for one in registers.facts_of([fact.subject_id], kinds=[fact.kind])}:
        raise FactNotThere()
    already = Correction.objects.filter(fact_id=fact_id, state__in=Correction.OPEN).first()
    if already:
        return already.id
    number = Correction.objects.filter(fact_id=fact_id).count() + 1
    row, is_new = Correction.objects.get_or_create(
        id=uuid5(NAMESPACE_URL, f"kazna/corrections/{fact_id}/{number}"),
        defaults={
            "person_id": fact.subject_id,
            "asked_by": asked_by,
            "fact_id": fact_id,
            "kind": fact.kind,
            "source": fact.source,
            "territory": registers.cards([fact.subject_id])[fact.subject_id].territory,
            "claim": words,
            "filed_on": on,
            "due_on": reference.add_working_days(on, TERM_DAYS),
        },
    )
    if is_new:
        publish(CorrectionFiled(row.id, row.person_id, row.kind, on, cause))
    return row.id
