"""The exchange itself: what each call of envelope 1.1 does."""

from __future__ import annotations

import copy
import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import RFC_4122, UUID, uuid1, uuid4

from cryptography import x509
from cryptography.x509.oid import NameOID
from lxml import etree

from kazna.kernel.places import FORMATS
from kazna.standins.smev.certificates import CENTRE
from kazna.standins.smev.faults import Refusal, refusal
from kazna.standins.smev.mischief import Mischief
from kazna.standins.smev.names import BASIC, OPERATOR, SOAP, TYPES, b, t
from kazna.standins.smev.queues import Queues
from kazna.standins.smev.signature import Key, WrongSignature, sign, signer

SCHEMA = "smev3_envelope/smev/1.1/smev-message-exchange-types-1.1.xsd"
OLDEST_ID = timedelta(days=2)
GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)
SIGNED_ELEMENT = {
    "SendRequestRequest": t("SenderProvidedRequestData"),
    "SendResponseRequest": t("SenderProvidedResponseData"),
    "GetRequestRequest": b("MessageTypeSelector"),
    "GetResponseRequest": b("MessageTypeSelector"),
    "GetStatusRequest": b("Timestamp"),
    "GetIncomingQueueStatisticsRequest": b("Timestamp"),
    "AckRequest": b("AckTargetMessage"),
}
Answer = tuple[etree._Element, bool]  # the message and whether the caller gets to see it


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of information: who answers it, and its schema under formats/xsd."""

    recipient: str
    schema: str = ""


class Exchange:
    def __init__(self, folder: Path, queues: Queues, routes: Mapping[str, Route], mischief: Mischief) -> None:
        """`folder` holds the keys; a system is registered when its certificate is there. `routes` by root element."""
        self.folder = folder
        self.queues = queues
        self.routes = routes
        self.mischief = mischief
        self.own = Key(folder, OPERATOR)
        self.centre = x509.load_pem_x509_certificate((folder / f"{CENTRE}.pem").read_bytes())
        self.calls: dict[str, Callable[[etree._Element, str], Answer]] = {
            "SendRequestRequest": self.send_request,
            "SendResponseRequest": self.send_response,
            "GetRequestRequest": lambda message, caller: self.get(message, caller, "request"),
            "GetResponseRequest": lambda message, caller: self.get(message, caller, "response"),
            "GetStatusRequest": lambda message, caller: self.get(message, caller, "status"),
            "AckRequest": self.ack,
            "GetIncomingQueueStatisticsRequest": self.statistics,
        }

    def call(self, payload: bytes) -> bytes | None:
        """One SOAP call; None when its answer is to be lost. Raises Refusal."""
        message = read(payload)
        name = etree.QName(message).localname
        if name not in self.calls:
            raise refusal("UnknownMessageType", f"нет операции {name}")
        time.sleep(self.mischief.slow_seconds)
        if forced := self.mischief.forced(name.removesuffix("Request")):
            raise refusal(forced, "по указанию испытателя")
        caller = self.caller(message, name)
        answer, is_seen = self.calls[name](message, caller)
        return wrap(answer) if is_seen else None

    def caller(self, message: etree._Element, name: str) -> str:
        """The mnemonic of the system whose key signed the call."""
        element = message.find(SIGNED_ELEMENT[name])
        try:
            certificate = signer(element, message.find(t("CallerInformationSystemSignature")), self.centre)
        except WrongSignature as problem:
            code = problem.code
            raise refusal("SignatureVerificationFault", problem.why, SignatureVerificationFault=code) from problem
        mnemonic = str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
        if not registered(self.folder, mnemonic, certificate):
            raise refusal("SenderIsNotRegistered", mnemonic)
        return mnemonic

    def send_request(self, message: etree._Element, caller: str) -> Answer:
        data = message.find(t("SenderProvidedRequestData"))
        message_id = self.fresh_id(data)
        if (eol := data.findtext(t("EOL"))) and datetime.fromisoformat(eol) <= datetime.now(UTC):
            raise refusal("EndOfLifeReached", eol)
        content = data.find(b("MessagePrimaryContent"))[0]
        route = self.routes.get(content.tag)
        if route is None:
            raise refusal("UnknownMessageType", content.tag)
        if caller in self.mischief.denied:
            raise refusal("AccessDenied", caller)
        check_content(content, route.schema)
        self.check_attachments(data, message)
        if self.queues.sizes(route.recipient).get(f"{route.recipient}.request", 0) >= self.mischief.queue_capacity:
            raise refusal("DestinationOverflow", route.recipient)
        reply_to = str(uuid4())
        number = self.queues.remember(message_id, caller, route.recipient, reply_to, None)
        if number is None:
            raise refusal("MessageIsAlreadySent", message_id)
        if self.mischief.chance(number, "reject") < self.mischief.reject:
            self.tell(caller, message_id, "requestIsRejectedBySmev", "отклонён по указанию испытателя")
        else:
            request = etree.Element(t("Request"), Id="SIGNED_BY_SMEV", nsmap={"t": TYPES, "b": BASIC})
            request.append(copy.deepcopy(data))
            request.append(metadata(message_id, "REQUEST", caller, route.recipient))
            if data.find(b("RefAttachmentHeaderList")) is not None:
                request.append(access_list(data))
            etree.SubElement(request, t("ReplyTo")).text = reply_to
            self.deliver(route.recipient, "request", number, message_id, request, message)
        return self.taken("SendRequestResponse", number, message_id, "REQUEST", caller, route.recipient)

    def send_response(self, message: etree._Element, caller: str) -> Answer:
        data = message.find(t("SenderProvidedResponseData"))
        message_id = self.fresh_id(data)
        asked = self.queues.by_reply_to(data.findtext(t("To")) or "")
        if asked is None or asked.recipient != caller:
            raise refusal("RecipientIsNotFound", data.findtext(t("To")) or "")
        primary = data.find(b("MessagePrimaryContent"))
        if primary is not None and primary[0].tag in self.routes:
            raise refusal("IncorrectResponseContentType", primary[0].tag)
        self.check_attachments(data, message)
        number = self.queues.remember(message_id, caller, asked.sender, None, asked.message_id)
        if number is None:
            raise refusal("MessageIsAlreadySent", message_id)
        response = etree.Element(t("Response"), Id="SIGNED_BY_SMEV", nsmap={"t": TYPES, "b": BASIC})
        etree.SubElement(response, t("OriginalMessageId")).text = asked.message_id
        response.append(copy.deepcopy(data))
        response.append(metadata(message_id, "RESPONSE", caller, asked.sender))
        self.deliver(asked.sender, "response", number, message_id, response, message)
        return self.taken("SendResponseResponse", number, message_id, "RESPONSE", caller, asked.sender)

    def deliver(
        self, queue: str, kind: str, number: int, message_id: str, signed: etree._Element, call: etree._Element
    ) -> None:
        """Put the message where the recipient looks, or do it wrong as told."""
        own = call.find(t("CallerInformationSystemSignature"))
        etree.SubElement(signed, t("SenderInformationSystemSignature")).append(copy.deepcopy(own[0]))
        holder = etree.Element(t(f"{kind.title()}Message"))
        holder.append(signed)
        contents = call.find(b("AttachmentContentList"))
        if contents is not None:
            holder.append(copy.deepcopy(contents))
        etree.SubElement(holder, t("SMEVSignature")).append(sign(signed, self.own))
        if self.mischief.chance(number, "spoil") < self.mischief.spoil:
            signed.find(f".//{t('DestinationName')}").text = "подменено в пути"
        if self.mischief.chance(number, "lose") < self.mischief.lose:
            return
        body, wrong = etree.tostring(holder, encoding="UTF-8"), self.mischief
        rounds = wrong.delay_rounds if wrong.chance(number, "delay") < wrong.delay else 0
        place = number + (
            wrong.chance(number, "place") * 1000 if wrong.chance(number, "reorder") < wrong.reorder else 0
        )
        root = signed.find(f".//{b('MessagePrimaryContent')}/*")
        for _copy in range(2 if wrong.chance(number, "double") < wrong.double else 1):
            tag = "" if root is None else root.tag
            self.queues.put(queue, kind, message_id, tag, body, rounds=rounds, place=place)

    def tell(self, queue: str, original_id: str, status: str, details: str) -> None:
        """Put a status into the queue of statuses."""
        data = etree.Element(t("AsyncProcessingStatusData"), Id="SIGNED_BY_SMEV", nsmap={"t": TYPES})
        told = etree.SubElement(data, t("AsyncProcessingStatus"))
        etree.SubElement(told, t("OriginalMessageId")).text = original_id
        etree.SubElement(told, t("StatusCategory")).text = status
        etree.SubElement(told, t("StatusDetails")).text = details
        holder = etree.Element(t("SmevAsyncProcessingMessage"))
        holder.append(data)
        etree.SubElement(holder, t("SMEVSignature")).append(sign(data, self.own))
        self.queues.put(
            queue, "status", str(uuid1()), "", etree.tostring(holder, encoding="UTF-8"), rounds=0, place=time.time()
        )

    def get(self, message: etree._Element, caller: str, kind: str) -> Answer:
        wanted = message.find(b("MessageTypeSelector"))
        root = None
        if wanted is not None and (name := wanted.findtext(b("RootElementLocalName"))):
            root = f"{{{wanted.findtext(b('NamespaceURI'))}}}{name}"
        answer = etree.Element(t(f"Get{kind.title()}Response"))
        body = self.queues.take(caller, kind, root, self.mischief.lease_seconds)
        if body is not None:
            answer.append(etree.fromstring(body))
        return answer, True

    def ack(self, message: etree._Element, caller: str) -> Answer:
        message_id = message.findtext(b("AckTargetMessage")) or ""
        if not self.queues.acknowledge(caller, message_id):
            raise refusal("TargetMessageIsNotFound", message_id)
        is_seen = self.mischief.chance(int(UUID(message_id)), "ack") >= self.mischief.hide_ack
        return etree.Element(t("AckResponse")), is_seen

    def statistics(self, message: etree._Element, caller: str) -> Answer:
        answer = etree.Element(t("GetIncomingQueueStatisticsResponse"))
        for name, pending in self.queues.sizes(caller).items():
            etree.SubElement(answer, t("QueueStatistics"), queueName=name, pendingMessageNumber=str(pending))
        return answer, True

    def taken(self, name: str, number: int, message_id: str, kind: str, sender: str, recipient: str) -> Answer:
        answer = etree.Element(t(name), nsmap={"t": TYPES})
        answer.append(metadata(message_id, kind, sender, recipient, "requestIsQueued"))
        return answer, self.mischief.chance(number, "hide") >= self.mischief.hide_send

    def fresh_id(self, data: etree._Element) -> str:
        text = data.findtext(t("MessageID")) or ""
        message_id = UUID(text)
        if message_id.variant != RFC_4122 or message_id.version != 1:
            raise refusal("InvalidMessageIdFormat", text)
        made_at = GREGORIAN + timedelta(microseconds=message_id.time // 10)
        if abs(datetime.now(UTC) - made_at) > OLDEST_ID:
            raise refusal("StaleMessageId", text)
        return text

    def check_attachments(self, data: etree._Element, message: etree._Element) -> None:
        named = sorted(each.text for each in data.iterfind(f"{b('AttachmentHeaderList')}//{b('contentId')}"))
        contents = message.findall(f"{b('AttachmentContentList')}/{b('AttachmentContent')}")
        if named != sorted(each.findtext(b("Id")) for each in contents):
            raise refusal("AttachmentContentMiscoordination", "вложения не те, что названы")
        total = sum(len(b64decode(each.findtext(b("Content")) or "")) for each in contents)
        permitted = self.mischief.attachment_bytes
        if total > permitted:
            raise refusal(
                "AttachmentSizeLimitExceeded", "",
                PermittedTotalAttachmentSize=str(permitted), RealTotalAttachmentSize=str(total),
            )  # fmt: skip


@cache
def registered(folder: Path, mnemonic: str, certificate: x509.Certificate) -> bool:
    path = folder / f"{mnemonic}.pem"
    return path.is_file() and x509.load_pem_x509_certificate(path.read_bytes()) == certificate


@cache
def schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(FORMATS / "xsd" / path), etree.XMLParser(no_network=True)))


def check_content(content: etree._Element, path: str) -> None:
    if not path:
        return
    rules = schema(path)
    if not rules.validate(etree.ElementTree(copy.deepcopy(content))):
        raise refusal("InvalidContent", "", ValidationError=str(rules.error_log[0].message)[:500])


def read(payload: bytes) -> etree._Element:
    """The message in the SOAP body, held to the schema. Raises Refusal."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(payload, parser)
    except etree.XMLSyntaxError as problem:
        raise refusal("InvalidContent", "", ValidationError=str(problem)) from problem
    header, body = (root.find(f"{{{SOAP}}}{name}") for name in ("Header", "Body"))
    if header is None or body is None or len(body) != 1:
        why = "PoorSOAPEnvelopeFormat"
        raise refusal("SignatureVerificationFault", why, SignatureVerificationFault=why)
    rules = schema(SCHEMA)
    if not rules.validate(etree.ElementTree(copy.deepcopy(body[0]))):
        raise refusal("InvalidContent", "", ValidationError=str(rules.error_log[0].message)[:500])
    return body[0]


def wrap(message: etree._Element) -> bytes:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(envelope, f"{{{SOAP}}}Body").append(message)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def metadata(message_id: str, kind: str, sender: str, recipient: str, status: str = "") -> etree._Element:
    told = etree.Element(t("MessageMetadata"), nsmap={"t": TYPES})
    for name, text in (("MessageId", message_id), ("MessageType", kind)):
        etree.SubElement(told, t(name)).text = text
    person(told, "Sender", sender)
    etree.SubElement(told, t("SendingTimestamp")).text = datetime.now(UTC).isoformat(timespec="milliseconds")
    etree.SubElement(told, t("DestinationName")).text = recipient
    person(told, "Recipient", recipient)
    more = etree.SubElement(told, t("SupplementaryData"))
    etree.SubElement(more, t("InteractionType")).text = "OIV2OIV"
    if status:
        etree.SubElement(told, t("Status")).text = status
    return told


def person(parent: etree._Element, name: str, mnemonic: str) -> None:
    holder = etree.SubElement(parent, t(name))
    etree.SubElement(holder, t("Mnemonic")).text = mnemonic
    etree.SubElement(holder, t("HumanReadableName")).text = mnemonic


def access_list(data: etree._Element) -> etree._Element:
    """How to fetch the files named by reference."""
    files = etree.Element(b("FSAttachmentsList"))
    for each in data.iterfind(f"{b('RefAttachmentHeaderList')}//{b('uuid')}"):
        one = etree.SubElement(files, b("FSAttachment"))
        for name, text in (("uuid", each.text), ("UserName", "any"), ("Password", "any"), ("FileName", "file")):
            etree.SubElement(one, b(name)).text = text
    return files


__all__ = ["Exchange", "Refusal", "Route"]
