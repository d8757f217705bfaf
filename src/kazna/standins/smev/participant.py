"""An agency's own client of СМЭВ: takes requests, answers them. Written apart from the product's client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid1

import httpx
from lxml import etree

from kazna.kernel.errors import DomainError
from kazna.standins.smev.exchange import wrap
from kazna.standins.smev.names import BASIC, SOAP, TYPES, b, t
from kazna.standins.smev.signature import Key, sign

ID = "SIGNED_BY_CALLER"


class SmevRefused(DomainError):
    sentence = "СМЭВ отказала ведомству: {name}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request from the queue: its document and where the answer goes."""

    message_id: str
    reply_to: str
    body: bytes


class Participant:
    def __init__(self, client: httpx.Client, folder: Path, mnemonic: str) -> None:
        """`client` has the server's address as its base; the key is in the folder."""
        self.client = client
        self.key = Key(folder, mnemonic)

    def answer_all(self, answer: Callable[[bytes], bytes]) -> int:
        """Answer everything that waits; a request is acknowledged only after its answer was accepted."""
        answered = 0
        for asked in self.requests():
            self.respond(asked.reply_to, answer(asked.body))
            self.acknowledge(asked.message_id)
            answered += 1
        return answered

    def requests(self) -> Iterator[Asked]:
        """Until the queue is empty; a request not acknowledged comes again."""
        while True:
            selector = etree.Element(b("MessageTypeSelector"), Id=ID)
            etree.SubElement(selector, b("Timestamp")).text = datetime.now(UTC).isoformat()
            answer = self.call("GetRequestRequest", selector)
            data = answer.find(f".//{t('SenderProvidedRequestData')}")
            if data is None:
                return
            content = data.find(b("MessagePrimaryContent"))[0]
            yield Asked(
                data.findtext(t("MessageID")),
                answer.findtext(f".//{t('ReplyTo')}"),
                etree.tostring(content, encoding="UTF-8", with_tail=False),
            )

    def respond(self, to: str, body: bytes | None = None, rejection: tuple[str, str] | None = None) -> None:
        data = self.response(to)
        if rejection:
            rejected = etree.SubElement(data, t("RequestRejected"))
            etree.SubElement(rejected, t("RejectionReasonCode")).text = rejection[0]
            etree.SubElement(rejected, t("RejectionReasonDescription")).text = rejection[1]
        else:
            etree.SubElement(data, b("MessagePrimaryContent")).append(etree.fromstring(body))
        self.call("SendResponseRequest", data)

    def response(self, to: str) -> etree._Element:
        data = etree.Element(t("SenderProvidedResponseData"), Id=ID, nsmap={"t": TYPES, "b": BASIC})
        etree.SubElement(data, t("MessageID")).text = str(uuid1())
        etree.SubElement(data, t("To")).text = to
        return data

    def request(self, body: bytes, *, is_test: bool = False, eol: datetime | None = None) -> str:
        """Send a request of its own; return its id."""
        data = etree.Element(t("SenderProvidedRequestData"), Id=ID, nsmap={"t": TYPES, "b": BASIC})
        message_id = etree.SubElement(data, t("MessageID"))
        message_id.text = str(uuid1())
        if eol:
            etree.SubElement(data, t("EOL")).text = eol.isoformat()
        etree.SubElement(data, b("MessagePrimaryContent")).append(etree.fromstring(body))
        if is_test:
            etree.SubElement(data, t("TestMessage"))
        self.call("SendRequestRequest", data)
        return str(message_id.text)

    def responses(self) -> Iterator[etree._Element]:
        """Answers to its own requests, acknowledged one by one."""
        while True:
            selector = etree.Element(b("MessageTypeSelector"), Id=ID)
            etree.SubElement(selector, b("Timestamp")).text = datetime.now(UTC).isoformat()
            data = self.call("GetResponseRequest", selector).find(f".//{t('SenderProvidedResponseData')}")
            if data is None:
                return
            yield data
            self.acknowledge(data.findtext(t("MessageID")))

    def acknowledge(self, message_id: str) -> None:
        target = etree.Element(b("AckTargetMessage"), Id=ID, accepted="true")
        target.text = message_id
        try:
            self.call("AckRequest", target)
        except SmevRefused as problem:
            if problem.name != "TargetMessageIsNotFound":
                raise

    def call(self, name: str, signed: etree._Element, contents: etree._Element | None = None) -> etree._Element:
        """One call; a lost answer is tried once more, as any client would."""
        message = etree.Element(t(name), nsmap={"t": TYPES, "b": BASIC})
        message.append(signed)
        if contents is not None:
            message.append(contents)
        etree.SubElement(message, t("CallerInformationSystemSignature")).append(sign(signed, self.key))
        payload = with_header(message)
        answer = self.post(payload)
        if answer.status_code == 502:
            answer = self.post(payload)
        body = etree.fromstring(answer.content).find(f"{{{SOAP}}}Body")[0]
        if answer.status_code != 200:
            fault = etree.QName(body.find("detail")[0]).localname
            if fault == "MessageIsAlreadySent":
                return etree.Element("sent")
            raise SmevRefused(name=fault)
        return body

    def post(self, payload: bytes) -> httpx.Response:
        return self.client.post("/ws", content=payload, headers={"Content-Type": "text/xml; charset=utf-8"})


def with_header(message: etree._Element) -> bytes:
    envelope = etree.fromstring(wrap(message))
    envelope.insert(0, etree.Element(f"{{{SOAP}}}Header"))
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
