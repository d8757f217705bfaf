"""The door of `integration`: foreign formats in and out. Knows no other context.

How intake goes, all in the caller's one transaction:

    documents = open_delivery(payload=…, agency="zags", file_name=…, content_type=…, on=today, received_at=now)
    for document in documents where status is RECEIVED: record the facts of document.statements, then
        accept(documents=[document])  or  quarantine(document_id=…, remarks=[remark("mother_dead", …)])
    answer = protocol(documents=documents)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from kazna.contexts.integration import queries
from kazna.contexts.integration.actions import (
    ask_agencies,
    resubmit_document,
    settle_documents,
)
from kazna.contexts.integration.actions import (
    match_answers as _match_answers,
)
from kazna.contexts.integration.actions import (
    open_delivery as _open_delivery,
)
from kazna.contexts.integration.actions import (
    send_requests as _send_requests,
)
from kazna.contexts.integration.actions.ask_agencies import AgencyUnknown
from kazna.contexts.integration.actions.resubmit_document import NothingToRetry, NotInQuarantine
from kazna.contexts.integration.actions.settle_documents import DocumentAlreadySettled, DocumentUnknown
from kazna.contexts.integration.contracts import (
    ActEdition,
    ActKey,
    AskedQuestion,
    AssignmentFact,
    Baseline,
    BirthReported,
    Certificate,
    CitizenAct,
    CreditLine,
    CreditRegister,
    CreditStatement,
    DeathReported,
    DisabilityReported,
    DivorceReported,
    DocumentStatus,
    EmploymentReported,
    IdentityDocument,
    IncomeAnswered,
    Kind,
    MarriageReported,
    NameChanged,
    NewbornSnilsReported,
    PersonRef,
    Question,
    ReadDocument,
    RegisterLine,
    Residence,
    ResidenceReported,
    SendReport,
    Statement,
    StoredDocument,
    UnemploymentAnswered,
)
from kazna.contexts.integration.egisso import validate as _validate
from kazna.contexts.integration.egisso import write_packages as _write_packages
from kazna.contexts.integration.queries import IntakeCounts
from kazna.contexts.integration.remarks import Remark, remark
from kazna.contexts.integration.writers import credit_register as _credit_register
from kazna.contexts.integration.writers.credit_register import RegisterRefused

__all__ = [
    "ActEdition",
    "ActKey",
    "AgencyUnknown",
    "AskedQuestion",
    "AssignmentFact",
    "Baseline",
    "BirthReported",
    "Certificate",
    "CitizenAct",
    "CreditLine",
    "CreditRegister",
    "CreditStatement",
    "DeathReported",
    "DisabilityReported",
    "DivorceReported",
    "DocumentAlreadySettled",
    "DocumentStatus",
    "DocumentUnknown",
    "EmploymentReported",
    "IdentityDocument",
    "IncomeAnswered",
    "IntakeCounts",
    "Kind",
    "MarriageReported",
    "NameChanged",
    "NewbornSnilsReported",
    "NotInQuarantine",
    "NothingToRetry",
    "PersonRef",
    "Question",
    "ReadDocument",
    "RegisterLine",
    "RegisterRefused",
    "Remark",
    "Residence",
    "ResidenceReported",
    "SendReport",
    "Statement",
    "StoredDocument",
    "UnemploymentAnswered",
    "accept",
    "ask",
    "counts",
    "document",
    "match_answers",
    "open_delivery",
    "protocol",
    "quarantine",
    "quarantined",
    "questions_about",
    "recent",
    "remark",
    "resubmit",
    "send_requests",
    "statement",
    "validate_file",
    "write_credit_register",
    "write_packages",
]


def open_delivery(
    *,
    payload: bytes,
    agency: str | None,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
) -> list[ReadDocument]:
    """Unpack, read, check and store what one sender handed over; documents in the order of the delivery.

    `agency` None: files given by hand, each taken as its kind's own holder would send it.
    Status of each: RECEIVED carries statements and waits for `accept` or `quarantine`; QUARANTINED was
    refused by form or logic; DUPLICATE is known by its bytes or by the edition of its act.
    Never raises for what a document says. Joins the caller's transaction.
    """
    return _open_delivery.open_delivery(
        payload=payload,
        agency=agency,
        file_name=file_name,
        content_type=content_type,
        on=on,
        received_at=received_at,
    )


def accept(*, documents: Sequence[ReadDocument]) -> None:
    """The facts of these documents, RECEIVED by `open_delivery`, are recorded; their remarks are kept.

    Publishes StatementReceived for bank statements.
    Raises DocumentAlreadySettled when one of them is not waiting.
    """
    settle_documents.accept(documents=documents)


def quarantine(*, document_id: UUID, remarks: Sequence[Remark]) -> None:
    """Put a RECEIVED document aside with reasons; a corrected one with the same act may then come.

    Raises DocumentUnknown, DocumentAlreadySettled.
    """
    settle_documents.quarantine(document_id=document_id, remarks=remarks)


def resubmit(
    *, document_id: UUID, payload: bytes | None, file_name: str = "", on: date, received_at: datetime
) -> list[ReadDocument]:
    """Put a corrected document in place of a quarantined one; the old one becomes RESUBMITTED.

    `payload` None reads the stored bytes again, for when the missing part has come since.
    The result is settled like that of `open_delivery`. Raises DocumentUnknown, NotInQuarantine, NothingToRetry.
    """
    return resubmit_document.resubmit(
        document_id=document_id, payload=payload, file_name=file_name, on=on, received_at=received_at
    )


def protocol(*, documents: Sequence[ReadDocument]) -> dict[str, Any]:
    """The answer to the sender: {"documents": [{document, digest, file, kind, status, remarks}]}."""
    return queries.protocol(documents=documents)


def document(*, document_id: UUID, with_payload: bool = False) -> StoredDocument:
    """One stored document, with its raw bytes when asked. Raises DocumentUnknown."""
    return queries.document(document_id=document_id, with_payload=with_payload)


def statement(document_id: UUID) -> CreditStatement:
    """The bank statement in a stored document. Raises DocumentUnknown."""
    return queries.statement(document_id=document_id)


def quarantined(*, agency: str | None = None, after: int = 0, limit: int = 50) -> list[StoredDocument]:
    """Documents in quarantine (of one sender) by their number; the last `number` is `after` of the next page."""
    return queries.quarantined(agency=agency, after=after, limit=limit)


def recent(*, limit: int = 20) -> list[StoredDocument]:
    """Documents received last, the newest first."""
    return queries.recent(limit=limit)


def counts() -> IntakeCounts:
    """Documents by kind and status, repeats, questions by agency and status."""
    return queries.counts()


def ask(*, questions: Sequence[Question]) -> list[AskedQuestion]:
    """Queue questions and return them as stored, in the order given.

    An open question about the same person and subject is returned instead of a new one; a question asked
    again on the same day returns the first, even answered. One that cannot be written (no document, no
    СНИЛС, no ОКТМО) has status "failed". Raises AgencyUnknown.
    """
    return ask_agencies.ask(questions=questions)


def send_requests(*, client: httpx.Client | None = None) -> SendReport:
    """Send queued questions to KAZNA_AGENCY_URLS; failures wait 2, 4, 8… seconds, an hour at most.

    Call it outside a transaction. The daily task `integration.send_requests` does.
    """
    return _send_requests.send_requests(client=client)


def match_answers(*, documents: Sequence[ReadDocument], on: date) -> dict[UUID, AskedQuestion]:
    """The question each answering document answers, by document id; the questions are closed.

    A document without an entry answers nothing we asked: quarantine it with `answer_unasked`.
    """
    return _match_answers.match_answers(documents=documents, on=on)


def questions_about(*, subject_ids: Iterable[UUID]) -> list[AskedQuestion]:
    """Everything asked about these people, oldest first."""
    return queries.questions_about(subject_ids=subject_ids)


def write_credit_register(register: CreditRegister) -> bytes:
    """A register of credits as the bank's XML (СчетаПК). Raises RegisterRefused."""
    return _credit_register.write_credit_register(register)


def write_packages(facts: Iterable[AssignmentFact], out_dir: Path) -> list[Path]:
    """Facts of assignment as 10.06.S 1.1.0 files of at most 1000; same facts, same bytes.

    Facts that cannot be sent yet are listed in `not-sent.json` beside the packages.
    """
    return _write_packages.write_packages(facts, out_dir)


def validate_file(path: Path) -> list[Remark]:
    """What is wrong with a package file; empty when its recipient would take it."""
    return _validate.validate_file(path)
