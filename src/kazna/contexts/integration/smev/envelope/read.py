"""Read what СМЭВ hands over: answers to our requests, requests to us, statuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from lxml import etree

from kazna.contexts.integration.smev.attachments import Attachment, StoredAttachment, read_attached, read_stored
from kazna.contexts.integration.smev.envelope.soap import EnvelopeRefused, unwrap
from kazna.contexts.integration.smev.names import basic, types
from kazna.contexts.integration.smev.signing.provider import Provider, Signer, refused
from kazna.contexts.integration.smev.signing.trust import Trust
from kazna.contexts.integration.smev.signing.xmldsig import verify_element


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message from our queue. `element` is the signed part the operator vouches for, `data` the sender's.

    One of `content` (a document), `rejections`, `status` (category, details) is given; a cancel has none.
    """

    kind: str  # response, request, cancel
    message_id: UUID
    original_id: UUID | None
    sender: str
    reply_to: str
    sent_at: str
    content: bytes | None
    rejections: tuple[tuple[str, str], ...]
    status: tuple[str, str] | None
    is_test: bool
    eol: datetime | None
    stored: tuple[StoredAttachment, ...]
    element: etree._Element
    data: etree._Element
    contents: etree._Element | None
    operator_signature: etree._Element | None
    sender_signature: etree._Element | None

    def attached(self, *, most_bytes: int) -> list[Attachment]:
        """Raises AttachmentRefused."""
        return read_attached(self.data, self.contents, most_bytes=most_bytes)


@dataclass(frozen=True, slots=True)
class StatusTold:
    """What СМЭВ says about a request of ours that it has worked on asynchronously."""

    original_id: UUID
    status: str
    details: str
    element: etree._Element
    operator_signature: etree._Element | None


def read_get_response(payload: bytes) -> Delivered | None:
    """The answer at the head of our queue, None when it is empty. Raises FaultReceived, EnvelopeRefused."""
    message = unwrap(payload, "GetResponseResponse")
    found = message.find(types("ResponseMessage"))
    if found is None:
        return None
    return _delivered(found, "response", types("Response"), types("SenderProvidedResponseData"))


def read_get_request(payload: bytes) -> Delivered | None:
    """The request at the head of our queue, None when it is empty. Raises FaultReceived, EnvelopeRefused."""
    message = unwrap(payload, "GetRequestResponse")
    found = message.find(types("RequestMessage"))
    if found is None:
        return None
    if found.find(types("Cancel")) is not None:
        raise EnvelopeRefused(reason="отмена запросов не поддерживается нашими видами сведений.")
    return _delivered(found, "request", types("Request"), types("SenderProvidedRequestData"))


def read_get_status(payload: bytes) -> StatusTold | None:
    """The oldest status not told yet, None when there is none. Raises FaultReceived, EnvelopeRefused."""
    message = unwrap(payload, "GetStatusResponse")
    told = message.find(types("SmevAsyncProcessingMessage"))
    if told is None:
        return None
    data = told.find(types("AsyncProcessingStatusData"))
    assert data is not None  # the schema has checked it
    status = data.find(types("AsyncProcessingStatus"))
    assert status is not None
    category, details = _status(status)
    original = UUID(status.findtext(types("OriginalMessageId")))
    return StatusTold(original, category, details, data, told.find(types("SMEVSignature")))


def read_sent(payload: bytes, call: str) -> str:
    """The status in the answer to SendRequest or SendResponse. Raises FaultReceived, EnvelopeRefused."""
    message = unwrap(payload, f"{call}Response")
    return message.findtext(f"{types('MessageMetadata')}/{types('Status')}") or "requestIsQueued"


def read_acked(payload: bytes) -> None:
    """Raises FaultReceived, EnvelopeRefused."""
    unwrap(payload, "AckResponse")


def read_statistics(payload: bytes) -> dict[str, int]:
    """Messages that wait by queue."""
    message = unwrap(payload, "GetIncomingQueueStatisticsResponse")
    return {
        each.get("queueName", ""): int(each.get("pendingMessageNumber", "0"))
        for each in message.iterfind(types("QueueStatistics"))
    }


def operator_of(message: Delivered | StatusTold, *, provider: Provider, trust: Trust, now: datetime) -> Signer:
    """СМЭВ vouches for the message by its own certificate, not by any known one. Raises SignatureRefused."""
    signer = verify_element(message.element, message.operator_signature, provider=provider, trust=trust, now=now)
    if signer.fingerprint != trust.operator:
        raise refused("CertificateIsNotFound", f"сообщение подписала не СМЭВ, а «{signer.mnemonic}»")
    return signer


def sender_of(message: Delivered, *, provider: Provider, trust: Trust, now: datetime) -> Signer:
    """Who wrote the sender's part, by the sender's own signature. Raises SignatureRefused."""
    return verify_element(message.data, message.sender_signature, provider=provider, trust=trust, now=now)


def _delivered(holder: etree._Element, kind: str, outer: str, inner: str) -> Delivered:
    element = holder.find(outer)
    assert element is not None  # the schema has checked it
    data = element.find(inner)
    assert data is not None
    primary = data.find(basic("MessagePrimaryContent"))
    told = data.find(types("AsyncProcessingStatus"))
    business = data.find(types("RequestStatus"))
    original = element.findtext(types("OriginalMessageId"))
    eol = data.findtext(types("EOL"))
    status = _status(told) if told is not None else None
    if business is not None:
        status = ("underProcessing", business.findtext(types("StatusDescription")) or "")
    return Delivered(
        kind=kind,
        message_id=UUID(data.findtext(types("MessageID"))),
        original_id=UUID(original) if original else None,
        sender=element.findtext(f"{types('MessageMetadata')}/{types('Sender')}/{types('Mnemonic')}") or "",
        reply_to=element.findtext(types("ReplyTo")) or "",
        sent_at=element.findtext(f"{types('MessageMetadata')}/{types('SendingTimestamp')}") or "",
        content=None if primary is None else etree.tostring(primary[0], encoding="UTF-8", with_tail=False),
        rejections=tuple(
            (
                each.findtext(types("RejectionReasonCode")) or "",
                each.findtext(types("RejectionReasonDescription")) or "",
            )
            for each in data.iterfind(types("RequestRejected"))
        ),
        status=status,
        is_test=data.find(types("TestMessage")) is not None,
        eol=_moment(eol) if eol else None,
        stored=tuple(read_stored(data, element.find(basic("FSAttachmentsList")))),
        element=element,
        data=data,
        contents=holder.find(basic("AttachmentContentList")),
        operator_signature=holder.find(types("SMEVSignature")),
        sender_signature=element.find(types("SenderInformationSystemSignature")),
    )


def _status(told: etree._Element) -> tuple[str, str]:
    fault = told.find(types("SmevFault"))
    details = [told.findtext(types("StatusDetails"))]
    if fault is not None:
        details += [fault.findtext(basic("Code")), fault.findtext(basic("Description"))]
    return told.findtext(types("StatusCategory")) or "", "; ".join(each for each in details if each)


def _moment(text: str) -> datetime:
    """xs:dateTime; one without a zone is Moscow's time by СМЭВ's rules."""
    value = datetime.fromisoformat(text.strip())
    return value if value.tzinfo else value.replace(tzinfo=ZoneInfo("Europe/Moscow"))
