"""XML signatures of СМЭВ: one reference to one element, two transforms, the certificate inside."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from datetime import datetime
from hmac import compare_digest

from lxml import etree

from kazna.contexts.integration.smev.names import EXCLUSIVE_C14N, SMEV_TRANSFORM, XMLDSIG, dsig
from kazna.contexts.integration.smev.signing.provider import Provider, Signer, refused
from kazna.contexts.integration.smev.signing.trust import Trust
from kazna.contexts.integration.smev.transform import transform

TRANSFORMS = [EXCLUSIVE_C14N, SMEV_TRANSFORM]


def sign_element(element: etree._Element, provider: Provider) -> etree._Element:
    """ds:Signature over the element, which must have an Id; the caller puts it where the envelope wants it."""
    signature = etree.Element(dsig("Signature"), nsmap={"ds": XMLDSIG})
    info = etree.SubElement(signature, dsig("SignedInfo"))
    etree.SubElement(info, dsig("CanonicalizationMethod"), Algorithm=EXCLUSIVE_C14N)
    etree.SubElement(info, dsig("SignatureMethod"), Algorithm=provider.signature_method)
    reference = etree.SubElement(info, dsig("Reference"), URI=f"#{element.attrib['Id']}")
    transforms = etree.SubElement(reference, dsig("Transforms"))
    for algorithm in TRANSFORMS:
        etree.SubElement(transforms, dsig("Transform"), Algorithm=algorithm)
    etree.SubElement(reference, dsig("DigestMethod"), Algorithm=provider.digest_method)
    digest = provider.digest(provider.digest_method, transform(element))
    etree.SubElement(reference, dsig("DigestValue")).text = b64encode(digest).decode()
    value = etree.SubElement(signature, dsig("SignatureValue"))
    value.text = b64encode(provider.sign(_canonical(info))).decode()
    key = etree.SubElement(etree.SubElement(signature, dsig("KeyInfo")), dsig("X509Data"))
    etree.SubElement(key, dsig("X509Certificate")).text = b64encode(provider.certificate_der()).decode()
    return signature


def verify_element(
    element: etree._Element, holder: etree._Element | None, *, provider: Provider, trust: Trust, now: datetime
) -> Signer:
    """Who signed exactly this element. `holder` is the element of the envelope in which the signature lies.

    The element is found by its place, never by its Id, so a signed copy elsewhere proves nothing.
    Raises SignatureRefused with the official code and a readable reason.
    """
    signature = None if holder is None else holder.find(dsig("Signature"))
    if signature is None:
        raise refused("NoSignatureFound", "подписи в сообщении нет")
    info = _one(signature, "SignedInfo")
    reference = _one(info, "Reference")
    _check_target(element, reference)
    _check_methods(info, reference)
    certificate = _bytes(_one(signature, "KeyInfo"), ".//" + dsig("X509Certificate"), "сертификат")
    signer = trust.signer(certificate, provider, now)
    digest = provider.digest(_method(reference, "DigestMethod"), transform(element))
    if not compare_digest(digest, _bytes(reference, dsig("DigestValue"), "хэш")):
        raise refused("SignatureIsInvalid", "сообщение изменено после подписания")
    value = _bytes(signature, dsig("SignatureValue"), "значение подписи")
    provider.verify(_method(info, "SignatureMethod"), certificate, _canonical(info), value)
    return signer


def _check_target(element: etree._Element, reference: etree._Element) -> None:
    own_id = element.get("Id")
    if not own_id or reference.get("URI") != f"#{own_id}":
        raise refused("IncorrectSignatureTarget", "подписана другая часть сообщения")
    everywhere = element.getroottree().xpath("count(//*[@Id = $id])", id=own_id)
    if everywhere != 1:
        raise refused("IncorrectSignatureTarget", "в сообщении несколько элементов с подписанным Id")


def _check_methods(info: etree._Element, reference: etree._Element) -> None:
    if _method(info, "CanonicalizationMethod") != EXCLUSIVE_C14N:
        raise refused("SignatureIsInvalid", "каноникализация подписи не exc-c14n")
    used = [each.get("Algorithm") for each in reference.iterfind(f"{dsig('Transforms')}/{dsig('Transform')}")]
    if used != TRANSFORMS:
        raise refused("SignatureIsInvalid", "преобразования подписи не те, что у СМЭВ")


def _one(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(dsig(name))
    if len(found) != 1:
        raise refused("SignatureIsInvalid", f"в подписи элементов {name}: {len(found)}, нужен один")
    return found[0]


def _method(parent: etree._Element, name: str) -> str:
    return _one(parent, name).get("Algorithm", "")


def _bytes(parent: etree._Element, path: str, what: str) -> bytes:
    try:
        return b64decode("".join((parent.findtext(path) or "").split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise refused("SignatureIsInvalid", f"{what} не в base64") from problem


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)
