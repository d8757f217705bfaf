"""Let each edition of an act say one thing only: the first body claims it, another goes to quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from kazna.contexts.integration.contracts import DocumentStatus, Statement
from kazna.contexts.integration.models import ClaimedEdition, IntakeDocument
from kazna.contexts.integration.readers.read_document import Reading
from kazna.contexts.integration.remarks import Remark, remark

BATCH = 500


def claim_editions(documents: Mapping[UUID, tuple[IntakeDocument, Reading]]) -> dict[str, Reading]:
    """Claim the editions of acts in documents just stored; return readings changed by it, by digest.

    A document whose edition is known with another body is quarantined; statements known word for word
    are dropped, and a document left without any is a duplicate. Claims are made in one order
    everywhere, so that two deliveries cannot lock each other out.
    """
    wanted = {
        (row.agency, str(act.key), act.version, row.document_id): body_digest(statement)
        for row, reading in documents.values()
        if row.status == DocumentStatus.RECEIVED
        for statement in reading.statements
        if (act := getattr(statement, "act", None))
    }
    if not wanted:
        return {}
    ClaimedEdition.objects.bulk_create(
        [
            ClaimedEdition(agency=agency, act=act, version=version, body_digest=digest, document_id=document_id)
            for (agency, act, version, document_id), digest in sorted(wanted.items())
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    holders = {
        (claim.agency, claim.act, claim.version): claim
        for claim in ClaimedEdition.objects.filter(act__in={key[1] for key in wanted})
    }
    changed = {}
    for row, reading in documents.values():
        if row.status == DocumentStatus.RECEIVED and (outcome := _settle(row, reading, holders)):
            changed[row.digest] = outcome
    return changed


def body_digest(statement: Statement) -> str:
    """Digest of what a statement says; the envelope it came in does not count."""
    return hashlib.sha256(repr(statement).encode()).hexdigest()


def _settle(
    row: IntakeDocument, reading: Reading, holders: Mapping[tuple[str, str, int], ClaimedEdition]
) -> Reading | None:
    """Compare a document with the holders of its editions; None when all are its own."""
    fresh: list[Statement] = []
    remarks: list[Remark] = []
    for statement in reading.statements:
        act = getattr(statement, "act", None)
        if act is None:
            fresh.append(statement)
            continue
        holder = holders[row.agency, str(act.key), act.version]
        if holder.document_id == row.document_id:
            fresh.append(statement)
        elif holder.body_digest == body_digest(statement):
            remarks.append(remark("same_act", f"запись {act.key.number}"))
        else:
            remarks.append(remark("act_other_body", f"запись {act.key.number}", act=act.key.number))
    if not remarks:
        return None
    if any(one.is_refusal for one in remarks):
        row.status, fresh = DocumentStatus.QUARANTINED, []
        ClaimedEdition.objects.filter(document_id=row.document_id).delete()
    elif not fresh:
        row.status = DocumentStatus.DUPLICATE
    row.remarks = [*row.remarks, *(one.plain() for one in remarks)]
    if row.status != DocumentStatus.RECEIVED:
        row.settled_at = row.received_at
    row.save(update_fields=["status", "remarks", "settled_at"])
    return replace(reading, statements=tuple(fresh), remarks=(*reading.remarks, *remarks))
