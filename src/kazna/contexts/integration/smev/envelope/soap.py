"""SOAP around the messages of СМЭВ: wrap, open, tell a fault from an answer, hold both to the official schema."""

from __future__ import annotations

import re
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.readers.refusals import Unreadable
from kazna.contexts.integration.readers.safe_xml import parse
from kazna.contexts.integration.readers.schemas import schema, schema_remarks
from kazna.contexts.integration.remarks import Remark
from kazna.contexts.integration.smev.names import (
    BASIC,
    ENVELOPE_SCHEMA,
    FAULTS,
    FAULTS_SCHEMA,
    SOAP,
    TYPES,
    faults,
    soap,
)
from kazna.contexts.integration.smev.policy import LATER_STATUSES
from kazna.kernel.errors import DomainError

HOLDERS = rb"(?:SenderProvided(?:Request|Response)Data\b[^>]*>\s*|<(?:\w+:)?Cancel\b.{0,2000}?)"
MESSAGE_ID = re.compile(HOLDERS + rb"<(?:\w+:)?MessageID[^>]*>([0-9a-f-]{36})<", re.DOTALL)


class EnvelopeRefused(DomainError):
    """What СМЭВ sent is not an envelope we know: broken XML, a DTD, another version, a breach of the schema."""

    sentence = "Конверт СМЭВ не принят: {reason}"


class FaultReceived(DomainError):
    """СМЭВ refused our call. `name` is the official element, `code` its signature code or own code if any."""

    sentence = "СМЭВ отказала: {name}{told}"


def wrap(message: etree._Element) -> bytes:
    """The message in a SOAP envelope. Raises EnvelopeRefused when it breaks the schema: nothing wrong leaves us."""
    check(message)
    envelope = etree.Element(soap("Envelope"), nsmap={"soap": SOAP})
    etree.SubElement(envelope, soap("Header"))
    etree.SubElement(envelope, soap("Body")).append(message)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def unwrap(payload: bytes, expected: str) -> etree._Element:
    """The message in the body, of the type expected. Raises FaultReceived, EnvelopeRefused."""
    try:
        root = parse(payload)
    except Unreadable as problem:
        raise EnvelopeRefused(reason=_worded(problem.remarks[0])) from problem
    body = root.find(soap("Body")) if root.tag == soap("Envelope") else None
    if body is None or len(body) != 1:
        raise EnvelopeRefused(reason="это не SOAP-сообщение с одним телом.")
    message = body[0]
    if message.tag == soap("Fault"):
        raise _fault(message)
    name = etree.QName(message)
    if name.namespace != TYPES:
        raise EnvelopeRefused(reason=f"неизвестная версия конверта {name.namespace}; мы говорим на {TYPES}.")
    if name.localname != expected:
        raise EnvelopeRefused(reason=f"пришло {name.localname}, ожидалось {expected}.")
    check(message)
    return message


def check(message: etree._Element) -> None:
    """Hold a message to the schema of the envelope 1.1; statuses of 1.2 and 1.3 are let through by name."""
    rules = schema(ENVELOPE_SCHEMA)
    if rules.validate(etree.ElementTree(message)):
        return
    if all(_is_later_status(error) for error in rules.error_log):
        return
    (first, *_) = schema_remarks(message, ENVELOPE_SCHEMA)
    raise EnvelopeRefused(reason=_worded(first))


def _worded(one: Remark) -> str:
    return f"{one.where}: {one.what}"


def message_id_in(payload: bytes) -> UUID | None:
    """The id of a message that cannot be read as a whole (too large, broken): by it the queue is freed."""
    found = MESSAGE_ID.search(payload)
    return UUID(found[1].decode()) if found else None


def _is_later_status(error: etree._LogEntry) -> bool:
    """Only the list of statuses was breached, by a name of a later edition of the envelope."""
    about_status = "StatusCategory" in error.message or "}Status'" in error.message
    return about_status and any(f"'{status}'" in error.message for status in LATER_STATUSES)


def _fault(fault: etree._Element) -> FaultReceived:
    """The official fault in the detail; a fault without one is SMEVFailure: its makers promised others are named."""
    told = (fault.findtext("faultstring") or "").strip()
    detail = fault.find("detail")
    named = (
        next((each for each in detail if etree.QName(each).namespace == FAULTS), None) if detail is not None else None
    )
    if named is None:
        return FaultReceived(name="SMEVFailure", code="", told=f": {told}" if told else "")
    inner = named.findtext(faults("SignatureVerificationFault")) or named.findtext(f"{{{BASIC}}}Code") or ""
    description = (named.findtext(f"{{{BASIC}}}Description") or told).strip()
    problems = [each.text or "" for each in named.iterfind(faults("ValidationError"))]
    text = "; ".join(part for part in (inner, description, *problems) if part)
    rules = schema(FAULTS_SCHEMA)
    if not rules.validate(etree.ElementTree(named)):
        text += " (отказ записан не по схеме)"
    return FaultReceived(name=etree.QName(named).localname, code=inner, told=f": {text}"[:400] if text else "")
