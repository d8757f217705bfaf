"""Signatures as СМЭВ makes and checks them, written apart from the product's: each checks the other."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256 as Sha
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from lxml import etree

from kazna.kernel.errors import DomainError
from kazna.standins.smev.names import C14N, DSIG, ECDSA, RSA, SHA256, SMEV, ds


class WrongSignature(DomainError):
    """`code` is the official code."""

    sentence = "{code}: {why}"


class Key:
    """A private key with its certificate, PEM files `NAME.key` and `NAME.pem` of a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.private: Any = load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
        self.certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
        self.der = self.certificate.public_bytes(Encoding.DER)

    def sign(self, data: bytes) -> tuple[str, bytes]:
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(Sha())))
            return ECDSA, r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return RSA, self.private.sign(data, PKCS1v15(), Sha())


def normal(element: etree._Element) -> str:
    """The transform of СМЭВ, by a stack of prefixes."""
    number = 0

    def walk(node: etree._Element, scope: dict[str, str]) -> str:
        nonlocal number
        scope, declared = dict(scope), ""
        names = [node.tag, *sorted(node.attrib, key=lambda name: (name[:1] != "{", name.split("}")))]
        spelled = {}
        for name in names:
            uri, _, local = name[1:].rpartition("}") if name[:1] == "{" else ("", "", name)
            if uri and uri not in scope:
                number += 1
                scope[uri] = f"ns{number}"
                declared += f" xmlns:{scope[uri]}={quoted(uri)}"
            spelled[name] = f"{scope[uri]}:{local}" if uri else local
        values = "".join(f" {spelled[name]}={quoted(node.attrib[name])}" for name in names[1:])
        inside = text(node.text) + "".join(walk(child, scope) + text(child.tail) for child in node)
        return f"<{spelled[node.tag]}{declared}{values}>{inside}</{spelled[node.tag]}>"

    return walk(element, {})


def text(value: str | None) -> str:
    return escape(value, {"\r": "&#xD;"}) if value and value.strip() else ""


def quoted(value: str) -> str:
    blanks = {'"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
    return f'"{escape(value, blanks)}"'


def sign(element: etree._Element, key: Key) -> etree._Element:
    digest = b64encode(sha256(normal(element).encode()).digest()).decode()
    method = ECDSA if isinstance(key.private, ec.EllipticCurvePrivateKey) else RSA
    signature = etree.fromstring(
        f'<ds:Signature xmlns:ds="{DSIG}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="#{element.attrib["Id"]}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{C14N}"/><ds:Transform Algorithm="{SMEV}"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{SHA256}"/><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>'
        "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data>"
        f"<ds:X509Certificate>{b64encode(key.der).decode()}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        "</ds:Signature>"
    )
    signature[1].text = b64encode(key.sign(canonical(signature[0]))[1]).decode()
    return signature


def signer(element: etree._Element, holder: etree._Element | None, authority: x509.Certificate) -> x509.Certificate:
    """The certificate that signed the element; raises WrongSignature with the official code."""
    signature = None if holder is None else holder.find(ds("Signature"))
    if signature is None:
        raise WrongSignature(code="NoSignatureFound", why="подписи нет")
    try:
        info, value = signature.find(ds("SignedInfo")), b64decode(signature.findtext(ds("SignatureValue")))
        certificate = x509.load_der_x509_certificate(b64decode(signature.findtext(f".//{ds('X509Certificate')}")))
        told = b64decode(info.findtext(f".//{ds('DigestValue')}"))
        method = info.find(ds("SignatureMethod")).get("Algorithm")
        target = info.find(ds("Reference")).get("URI")
    except (AttributeError, TypeError, ValueError) as problem:
        raise WrongSignature(code="SignatureIsInvalid", why="подпись записана неверно") from problem
    if target != f"#{element.get('Id')}":
        raise WrongSignature(code="IncorrectSignatureTarget", why=f"подписано {target}")
    if told != sha256(normal(element).encode()).digest():
        raise WrongSignature(code="SignatureIsInvalid", why="содержание изменено")
    try:
        check(certificate, method, value, canonical(info))
        certificate.verify_directly_issued_by(authority)
    except InvalidSignature as problem:
        raise WrongSignature(code="SignatureIsInvalid", why="подпись не этим ключом") from problem
    except (ValueError, TypeError) as problem:
        raise WrongSignature(code="CertificateIsNotFound", why="сертификат выдал другой центр") from problem
    if not certificate.not_valid_before_utc <= datetime.now(UTC) < certificate.not_valid_after_utc:
        raise WrongSignature(code="CertificateIsExpired", why="сертификат не действует")
    return certificate


def check(certificate: x509.Certificate, method: str, value: bytes, data: bytes) -> None:
    key = certificate.public_key()
    if isinstance(key, RSAPublicKey) and method == RSA:
        key.verify(value, data, PKCS1v15(), Sha())
    elif isinstance(key, ec.EllipticCurvePublicKey) and method == ECDSA:
        half = len(value) // 2
        r, s = int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
        key.verify(encode_dss_signature(r, s), data, ec.ECDSA(Sha()))
    else:
        raise InvalidSignature


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)
