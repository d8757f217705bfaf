"""Give the sealed PDF of a decision: made when first wanted, then always the same file."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from kazna.contexts.cases.contracts import DecisionNotFound, PaperChecked
from kazna.contexts.cases.models import Decision, SealedDecision
from kazna.contexts.cases.paper.decision import machine_part, sealed_pdf
from kazna.contexts.cases.spelling import digest
from kazna.plumbing import filestore
from kazna.plumbing.paper.seal import check_seal


def seal_decision(decision_id: UUID) -> bytes:
    """The PDF. Of two who ask at once the first one's file stays. Raises DecisionNotFound, FileLost."""
    kept = SealedDecision.objects.filter(decision_id=decision_id).first()
    if kept is not None:
        return filestore.get(kept.sha256)
    decision = Decision.objects.filter(id=decision_id).first()
    if decision is None:
        raise DecisionNotFound()
    pdf = sealed_pdf(decision)
    sha256 = filestore.put(pdf)
    try:
        with transaction.atomic():
            SealedDecision.objects.create(
                decision_id=decision.id,
                recipient_id=decision.recipient_id,
                subject_id=decision.subject_id,
                body=decision.body,
                sha256=sha256,
                size=len(pdf),
            )
    except IntegrityError:
        return filestore.get(SealedDecision.objects.get(decision_id=decision_id).sha256)
    return pdf


def check_paper(pdf: bytes) -> PaperChecked:
    """What can be said of a file alone: who sealed it, whether it is whole, what its machine-readable part says."""
    seal = check_seal(pdf)
    document = machine_part(pdf) if seal else None
    return PaperChecked(
        is_sealed=seal is not None,
        is_whole=bool(seal and seal.is_whole),
        is_trusted=bool(seal and seal.is_trusted),
        signer=seal.signer if seal else "",
        signed_at=seal.signed_at if seal else None,
        number=str(document.get("number", "")) if document else "",
        sha256=digest(document) if document else "",
        document=document,
    )
