"""Official faults of envelope 1.1 as SOAP."""

from __future__ import annotations

from lxml import etree

from kazna.kernel.errors import DomainError
from kazna.standins.smev.names import BASIC, FAULTS, SOAP

OWN_FIELDS = {  # elements that the schema of the fault demands after code and description
    "BusinessDataTypeIsNotSupported": (("RootElementLocalName", "Request"), ("RootElementNamespaceURI", "urn:x")),
    "AttachmentSizeLimitExceeded": (("PermittedTotalAttachmentSize", "0"), ("RealTotalAttachmentSize", "0")),
    "QuoteLimitExceeded": (("RemainedTotalQuoteSize", "0"), ("RealTotalAttachmentSize", "0")),
    "SignatureVerificationFault": (("SignatureVerificationFault", "SignatureIsInvalid"),),
    "DestinationOverflow": (("MessageBrokerAddress", "broker"), ("DestinationName", "queue")),
    "InvalidContent": (("ValidationError", "не по схеме"),),
}
WITH_CODE = {*OWN_FIELDS, "TransactionCodeInvalid"}


class Refusal(DomainError):
    """A fault to give; `values` replace what its own fields say."""

    sentence = "{name}: {why}"


def refusal(name: str, why: str = "", **values: str) -> Refusal:
    return Refusal(name=name, why=why, values=values)


def fault(problem: Refusal) -> bytes:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
    told = etree.SubElement(body, f"{{{SOAP}}}Fault")
    etree.SubElement(told, "faultcode").text = "soap:Server"
    etree.SubElement(told, "faultstring").text = problem.why or problem.name
    detail = etree.SubElement(told, "detail")
    named = etree.SubElement(detail, f"{{{FAULTS}}}{problem.name}", nsmap={None: FAULTS})
    if problem.name in WITH_CODE:
        etree.SubElement(named, f"{{{BASIC}}}Code").text = problem.name[:50]
        etree.SubElement(named, f"{{{BASIC}}}Description").text = problem.why
    for name, usual in OWN_FIELDS.get(problem.name, ()):
        each = etree.SubElement(named, f"{{{FAULTS}}}{name}")
        each.text = problem.values.get(name, usual)
        if name == "ValidationError":
            each.set("errorPosition", "1")
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
