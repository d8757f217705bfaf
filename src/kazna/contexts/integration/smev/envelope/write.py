"""Write the seven calls of envelope 1.1, signed where СМЭВ wants a signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.readers.safe_xml import parse
from kazna.contexts.integration.smev.attachments import Attachment, StoredAttachment, content_list, header_lists
from kazna.contexts.integration.smev.envelope.soap import wrap
from kazna.contexts.integration.smev.names import BASIC, TYPES, basic, types
from kazna.contexts.integration.smev.signing.provider import Provider
from kazna.contexts.integration.smev.signing.xmldsig import sign_element

SIGNED = "SIGNED_BY_CALLER"
PREFIXES = {"t": TYPES, "b": BASIC}


@dataclass(frozen=True, slots=True)
class Request:
    """One SendRequest. `content` is an XML document; `eol` when СМЭВ may give it up."""

    message_id: UUID
    content: bytes
    eol: datetime | None = None
    reference_id: UUID | None = None
    is_test: bool = False
    attached: Sequence[Attachment] = ()
    stored: Sequence[StoredAttachment] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """One SendResponse: `content`, or `rejection` as (code, description). `to` is the ReplyTo of the request."""

    message_id: UUID
    to: str
    content: bytes | None = None
    rejection: tuple[str, str] | None = None
    attached: Sequence[Attachment] = ()


def send_request(request: Request, provider: Provider) -> bytes:
    message = etree.Element(types("SendRequestRequest"), nsmap=PREFIXES)
    data = etree.SubElement(message, types("SenderProvidedRequestData"), Id=SIGNED)
    _text(data, types("MessageID"), str(request.message_id))
    if request.reference_id:
        _text(data, types("ReferenceMessageID"), str(request.reference_id))
    if request.eol:
        _text(data, types("EOL"), _moment(request.eol))
    etree.SubElement(data, basic("MessagePrimaryContent")).append(parse(request.content))
    data.extend(header_lists(request.attached, request.stored))
    if request.is_test:
        etree.SubElement(data, types("TestMessage"))
    return _finish(message, data, provider, content_list(request.attached))


def send_response(response: Response, provider: Provider) -> bytes:
    message = etree.Element(types("SendResponseRequest"), nsmap=PREFIXES)
    data = etree.SubElement(message, types("SenderProvidedResponseData"), Id=SIGNED)
    _text(data, types("MessageID"), str(response.message_id))
    _text(data, types("To"), response.to)
    if response.rejection:
        rejected = etree.SubElement(data, types("RequestRejected"))
        _text(rejected, types("RejectionReasonCode"), response.rejection[0])
        _text(rejected, types("RejectionReasonDescription"), response.rejection[1][:4000])
    else:
        etree.SubElement(data, basic("MessagePrimaryContent")).append(parse(response.content or b""))
        data.extend(header_lists(response.attached, ()))
    return _finish(message, data, provider, content_list(response.attached))


def get_response(now: datetime, provider: Provider, selector: tuple[str, str] | None = None) -> bytes:
    """`selector`: namespace and root of the answers wanted; None takes any."""
    return _get("GetResponseRequest", now, provider, selector)


def get_request(now: datetime, provider: Provider, selector: tuple[str, str] | None = None) -> bytes:
    return _get("GetRequestRequest", now, provider, selector)


def get_status(now: datetime, provider: Provider) -> bytes:
    message = etree.Element(types("GetStatusRequest"), nsmap=PREFIXES)
    return _finish(message, _text(message, basic("Timestamp"), _moment(now), Id=SIGNED), provider)


def get_queue_statistics(now: datetime, provider: Provider) -> bytes:
    message = etree.Element(types("GetIncomingQueueStatisticsRequest"), nsmap=PREFIXES)
    return _finish(message, _text(message, basic("Timestamp"), _moment(now), Id=SIGNED), provider)


def ack(message_id: UUID, provider: Provider, *, is_accepted: bool) -> bytes:
    """`is_accepted` False: the signature of СМЭВ did not hold, the message was ignored."""
    message = etree.Element(types("AckRequest"), nsmap=PREFIXES)
    told = "true" if is_accepted else "false"
    target = _text(message, basic("AckTargetMessage"), str(message_id), Id=SIGNED, accepted=told)
    return _finish(message, target, provider)


def _get(name: str, now: datetime, provider: Provider, selector: tuple[str, str] | None) -> bytes:
    message = etree.Element(types(name), nsmap=PREFIXES)
    wanted = etree.SubElement(message, basic("MessageTypeSelector"), Id=SIGNED)
    if selector:
        _text(wanted, basic("NamespaceURI"), selector[0])
        _text(wanted, basic("RootElementLocalName"), selector[1])
    _text(wanted, basic("Timestamp"), _moment(now))
    return _finish(message, wanted, provider)


def _finish(
    message: etree._Element, signed: etree._Element, provider: Provider, contents: etree._Element | None = None
) -> bytes:
    if contents is not None:
        message.append(contents)
    etree.SubElement(message, types("CallerInformationSystemSignature")).append(sign_element(signed, provider))
    return wrap(message)


def _text(parent: etree._Element, name: str, text: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, name, attributes)
    element.text = text
    return element


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="milliseconds")
