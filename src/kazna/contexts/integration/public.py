"""The door of `integration`: foreign formats in and out. Knows no other context.

How intake goes, all in the caller's one transaction:

    documents = open_delivery(payload=…, agency="zags", file_name=…, content_type=…, on=today, received_at=now)
    for document in documents where status is RECEIVED: record the facts of document.statements, then
        accept(documents=[document])  or  quarantine(document_id=…, remarks=[remark("mother_dead", …)])
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import httpx

from kazna.contexts.integration import queries
from kazna.contexts.integration.actions import (
    ask_agencies,
    resubmit_document,
    settle_documents,
)
from kazna.contexts.integration.actions import keep_delivery as _keep_delivery
from kazna.contexts.integration.actions import lend_answers as _lend
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
from kazna.contexts.integration.certificate_messages import (
    CertificateMessageRefused,
    CertificateState,
    UseTold,
    read_certificate_message,
    write_certificate_state,
)
from kazna.contexts.integration.contracts import (
    ActEdition,
    ActKey,
    AnswerGiven,
    AskedQuestion,
    Baseline,
    BirthReported,
    Certificate,
    CitizenAct,
    CreditLine,
    CreditRegister,
    CreditStatement,
    DeathReported,
    DeliveryReported,
    DeliveryShown,
    DisabilityReported,
    DivorceReported,
    DocumentStatus,
    EmploymentReported,
    FiguresAnswered,
    GuardianshipReported,
    IdentityDocument,
    IncomeAnswered,
    KeptDelivery,
    Kind,
    LargeFamilyReported,
    MarriageReported,
    NameChanged,
    NewbornSnilsReported,
    PaternityReported,
    PaymentsAnswered,
    PersonRef,
    PersonTold,
    Question,
    ReadDocument,
    RealtyAnswered,
    RealtyObject,
    RegisterLine,
    RegistrationAnswered,
    RequestShown,
    Residence,
    ResidenceReported,
    SendReport,
    SmevCounts,
    Statement,
    StateReported,
    StoredDocument,
    UnemploymentAnswered,
    Vehicle,
    VehiclesAnswered,
    YearIncomeAnswered,
)
from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.queries import IntakeCounts
from kazna.contexts.integration.readers.schemas import faults as schema_faults
from kazna.contexts.integration.remarks import Remark, remark
from kazna.contexts.integration.smev import channel as _channel
from kazna.contexts.integration.smev import deadlines as _deadlines
from kazna.contexts.integration.smev import poll as _poll
from kazna.contexts.integration.smev import queries as _smev
from kazna.contexts.integration.smev.channel import ChannelNotSet
from kazna.contexts.integration.smev.deadlines import NotRepeatable, RequestUnknown
from kazna.contexts.integration.smev.names import GOST_DIGEST, GOST_SIGNATURE
from kazna.contexts.integration.smev.poll import PollReport
from kazna.contexts.integration.smev.signing.gost import GostEngine
from kazna.contexts.integration.smev.signing.provider import ProviderUnavailable, SignatureRefused
from kazna.contexts.integration.writers import credit_register as _credit_register
from kazna.contexts.integration.writers import ufebs as _ufebs
from kazna.contexts.integration.writers.credit_register import RegisterRefused

__all__ = [
    "ActEdition",
    "ActKey",
    "AgencyUnknown",
    "AnswerGiven",
    "AskedQuestion",
    "Baseline",
    "BirthReported",
    "Certificate",
    "CertificateMessageRefused",
    "CertificateState",
    "ChannelNotSet",
    "CitizenAct",
    "CreditLine",
    "CreditRegister",
    "CreditStatement",
    "DeathReported",
    "DeliveryReported",
    "DeliveryShown",
    "DisabilityReported",
    "DivorceReported",
    "DocumentAlreadySettled",
    "DocumentStatus",
    "DocumentUnknown",
    "EmploymentReported",
    "FiguresAnswered",
    "GuardianshipReported",
    "IdentityDocument",
    "IncomeAnswered",
    "IntakeCounts",
    "KeptDelivery",
    "Kind",
    "LargeFamilyReported",
    "MarriageReported",
    "NameChanged",
    "NewbornSnilsReported",
    "NotInQuarantine",
    "NotRepeatable",
    "NothingToRetry",
    "PaternityReported",
    "PaymentsAnswered",
    "PersonRef",
    "PersonTold",
    "PollReport",
    "ProviderUnavailable",
    "Question",
    "ReadDocument",
    "RealtyAnswered",
    "RealtyObject",
    "RegisterLine",
    "RegisterRefused",
    "RegistrationAnswered",
    "Remark",
    "RequestShown",
    "RequestUnknown",
    "Residence",
    "ResidenceReported",
    "SendReport",
    "SignatureRefused",
    "SmevCounts",
    "StateReported",
    "Statement",
    "StoredDocument",
    "UnemploymentAnswered",
    "UseTold",
    "Vehicle",
    "VehiclesAnswered",
    "YearIncomeAnswered",
    "accept",
    "answer_days",
    "ask",
    "counts",
    "document",
    "gost_digest",
    "keep_delivery",
    "kept_delivery",
    "lend_answers",
    "lent_answers",
    "match_answers",
    "open_delivery",
    "open_kept",
    "poll_smev",
    "quarantine",
    "quarantined",
    "questions_about",
    "read_certificate_message",
    "recent",
    "refused_messages",
    "remark",
    "repeat_overdue",
    "requests",
    "resubmit",
    "retry_request",
    "return_lent",
    "schema_faults",
    "send_requests",
    "smev_agencies",
    "smev_counts",
    "statement",
    "told_days",
    "topics",
    "verify_gost",
    "write_certificate_state",
    "write_credit_register",
    "write_ufebs",
]


def open_delivery(
    *,
    payload: bytes,
    agency: str | None,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
    in_reply_to: UUID | None = None,
) -> list[ReadDocument]:
    """Unpack, read, check and store what one sender handed over; documents in the order of the delivery.

    `agency` None: files given by hand, each taken as its kind's own holder would send it.
    Status of each: RECEIVED carries statements and waits for `accept` or `quarantine`; QUARANTINED was
    refused by form or logic; DUPLICATE is known by its bytes or by the edition of its act.
    `in_reply_to`: the question that the envelope says this answers (many answers name neither it nor the person).
    Never raises for what a document says. Joins the caller's transaction.
    """
    return _open_delivery.open_delivery(
        payload=payload,
        agency=agency,
        file_name=file_name,
        content_type=content_type,
        on=on,
        received_at=received_at,
        in_reply_to=in_reply_to,
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


def keep_delivery(
    *,
    payload: bytes,
    agency: str,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
    in_reply_to: UUID | None = None,
) -> UUID:
    """Keep a delivery unread and tell of it by MessageDelivered; return its id. It is durable at commit.

    The worker reads many of them at once: the way for senders that post one message at a time.
    """
    return _keep_delivery.keep_delivery(
        payload=payload,
        agency=agency,
        file_name=file_name,
        content_type=content_type,
        on=on,
        received_at=received_at,
        in_reply_to=in_reply_to,
    )


def open_kept(*, delivery_ids: Sequence[UUID]) -> dict[UUID, list[ReadDocument]]:
    """Read kept deliveries together; their documents by delivery, each as after `open_delivery`.

    Deliveries answered already are absent. `answer_kept` ends it, in the caller's same transaction.
    """
    return _keep_delivery.open_kept(delivery_ids)


def answer_kept(*, protocols: Mapping[UUID, Sequence[Mapping[str, Any]]]) -> None:
    """Write what became of the documents of kept deliveries; the bytes stay with the documents alone."""
    _keep_delivery.answer_kept(protocols)


def kept_delivery(*, delivery_id: UUID, agency: str) -> KeptDelivery | None:
    """A delivery of this sender and its protocol, None for another's or an unknown one."""
    return queries.kept_delivery(delivery_id=delivery_id, agency=agency)


def document(*, document_id: UUID, with_payload: bool = False) -> StoredDocument:
    """One stored document, with its raw bytes when asked. Raises DocumentUnknown."""
    return queries.document(document_id=document_id, with_payload=with_payload)


def told_days(*, document_ids: Collection[UUID]) -> dict[UUID, date]:
    """The day each document speaks of people as of: what was sent unasked names it, an answer speaks of its day."""
    return queries.told_days(document_ids)


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


def topics() -> dict[tuple[str, str], str]:
    """What may be asked: title by (agency, topic)."""
    return {key: topic.title for key, topic in TOPICS.items()}


def lend_answers(answers: Iterable[tuple[UUID, Mapping[str, Any], date]]) -> None:
    """Keep values asked on demand for the determination to come: (fact, value, last day it may be needed)."""
    _lend.lend(answers)


def lent_answers(*, fact_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Values still lent, by fact; facts whose determination is over are absent."""
    return _lend.lent(fact_ids)


def return_lent(*, fact_ids: Collection[UUID], document_ids: Collection[UUID]) -> None:
    """The determination is over: the values go, and the messages keep their digest but not their bytes."""
    _lend.give_back(fact_ids, document_ids)


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


def write_ufebs(register: CreditRegister) -> bytes:
    """The register as a payment order of the Bank of Russia's exchange, ED101 or ED108. Raises RegisterRefused."""
    return _ufebs.write_ufebs(register)


def gost_digest(data: bytes) -> bytes:
    """ГОСТ Р 34.11-2012, 256 bits. Raises ProviderUnavailable where no ГОСТ is installed."""
    return GostEngine(None, None).digest(GOST_DIGEST, data)


def verify_gost(*, certificate: bytes, data: bytes, signature: bytes) -> None:
    """ГОСТ Р 34.10-2012 by the key of a certificate (DER). Raises SignatureRefused, ProviderUnavailable."""
    GostEngine(None, None).verify(GOST_SIGNATURE, certificate, data, signature)


def smev_agencies() -> dict[str, str]:
    """Mnemonics of the agencies asked through СМЭВ, by code; empty when it is not set up."""
    return _channel.agencies()


def answer_days() -> int:
    """Working days an agency has to answer."""
    return _channel.answer_days()


def poll_smev(*, on: date, client: httpx.Client | None = None) -> PollReport:
    """Take everything from our queues in СМЭВ: answers, statuses, requests; documents go on by MessageDelivered.

    `on` is the operating day. Each message is kept before it is acknowledged, so a kill loses nothing and
    a repetition changes nothing. Call it outside a transaction. Raises ChannelNotSet, ProviderUnavailable.
    """
    return _poll.poll(on=on, client=client)


def repeat_overdue(*, on: date, answer_by: date) -> int:
    """Ask anew, with the new deadline, what agencies of СМЭВ did not answer in time; return how many.

    A question is repeated KAZNA_SMEV_REPEATS times; then it stays overdue for a person.
    """
    return _deadlines.repeat_overdue(on=on, answer_by=answer_by)


def retry_request(*, request_id: UUID, on: date, answer_by: date) -> None:
    """Send a dead or overdue question again under a new MessageID. Raises RequestUnknown, NotRepeatable."""
    _deadlines.retry(request_id=request_id, on=on, answer_by=answer_by)


def requests(
    *, state: str, on: date, agency: str | None = None, after: tuple[date, UUID] | None = None, limit: int = 50
) -> list[RequestShown]:
    """Questions that are "failed", "overdue" (on the day), "waiting" or "answered", oldest first by day and id."""
    return _smev.requests(state=state, on=on, agency=agency, after=after, limit=limit)


def refused_messages(*, after: int = 0, limit: int = 50) -> list[DeliveryShown]:
    """Messages from СМЭВ that were refused or answer nothing we asked, by number."""
    return _smev.refused(after=after, limit=limit)


def smev_counts(*, on: date) -> SmevCounts:
    """Figures of the exchange for the monitor."""
    return _smev.counts(on=on)
