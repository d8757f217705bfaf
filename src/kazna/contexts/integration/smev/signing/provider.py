"""What a signature provider does; which one works is a setting, what it must refuse is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from kazna.kernel.errors import DomainError


class SignatureRefused(DomainError):
    """`code` is the official code of СМЭВ: SignatureIsInvalid, CertificateIsExpired, NoSignatureFound…"""

    sentence = "Подпись не принята: {reason}."


class ProviderUnavailable(DomainError):
    sentence = "Средство подписи «{provider}» не работает: {reason}."


def refused(code: str, reason: str) -> SignatureRefused:
    return SignatureRefused(code=code, reason=reason)


class Provider(Protocol):
    """Signs with the key of this system and checks signatures of others.

    One provider may read signatures of more algorithms than it writes. Bytes in, bytes out; XML is not its matter.
    """

    name: str
    signature_method: str  # URI written into SignatureMethod
    digest_method: str  # URI written into DigestMethod

    def sign(self, data: bytes) -> bytes: ...

    def certificate_der(self) -> bytes: ...

    def digest(self, method: str, data: bytes) -> bytes:
        """Raises SignatureRefused for a method that is not taken."""
        ...

    def verify(self, method: str, certificate: bytes, data: bytes, signature: bytes) -> None:
        """Raises SignatureRefused when the signature is not of this data by this certificate's key."""
        ...

    def is_issued_by(self, certificate: bytes, issuer: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: the common name of the certificate (the mnemonic of a system) and its fingerprint."""

    mnemonic: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """What matters of a certificate; read without its key, so a ГОСТ key does not stop it."""

    der: bytes
    mnemonic: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    is_authority: bool


def read_certificate(der: bytes) -> CertificateCard:
    """Raises SignatureRefused when the bytes are not a certificate."""
    try:
        read = x509.load_der_x509_certificate(der)
        names = read.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return CertificateCard(
            der=der,
            mnemonic=str(names[0].value) if names else "",
            fingerprint=read.fingerprint(SHA256()).hex(),
            valid_from=read.not_valid_before_utc,
            valid_to=read.not_valid_after_utc,
            is_authority=_is_authority(read),
        )
    except (ValueError, x509.InvalidVersion) as problem:
        raise refused("CertificateIsNotFound", "сертификат в подписи не читается") from problem


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
