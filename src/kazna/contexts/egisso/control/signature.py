"""Detached signatures of packages (CMS): whole, in force, and made with a certificate that the sender's card names.

RSA and ECDSA are checked here; ГОСТ Р 34.10-2012 (256 bits) by the provider that `integration` has for СМЭВ, which a
certified one may replace behind the same interface (docs/how-to/connect-smev.md).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from hashlib import new, sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.integration.public import ProviderUnavailable, SignatureRefused, gost_digest, verify_gost
from kazna.plumbing.cms import cms

HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
GOST = "1.2.643.7.1.1.2.2"  # ГОСТ Р 34.11-2012, 256 bits
SHORTEST_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Signers:
    """SHA-256 digests (hex) of the certificates a sender signs with, and of those it has withdrawn.

    One that named any has to sign, even when all of them are withdrawn: a lost key must not open the door.
    """

    live: Collection[str] = field(default=())
    withdrawn: Collection[str] = field(default=())

    @property
    def has_to_sign(self) -> bool:
        return bool(self.live or self.withdrawn)


class _Wrong(Exception):
    """What is wrong with a signature, in words."""


def check_signature(payload: bytes, signature: bytes, signers: Signers, *, on: date) -> Finding | None:
    """What is wrong with the signature received on a day, None when nothing is."""
    try:
        _check(payload, signature, signers, on)
    except _Wrong as wrong:
        return finding("signature", what=str(wrong))
    return None


def _check(payload: bytes, signature: bytes, signers: Signers, on: date) -> None:
    try:
        content = cms.ContentInfo.load(signature, strict=True)["content"]
        signer = content["signer_infos"][0]
        der = _certificate_of(signer, content["certificates"])
        certificate = x509.load_der_x509_certificate(der)
        algorithm = signer["digest_algorithm"]["algorithm"].native
        attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"] or ()}
        signed = b"\x31" + signer["signed_attrs"].dump()[1:] if attributes else payload  # SET OF, stored under [0]
        made = signer["signature"].native
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as problem:
        raise _Wrong("Подпись не читается: нужна отсоединённая подпись CMS с сертификатом") from problem
    if algorithm not in (*HASHES, GOST):
        raise _Wrong(f"Хэш-функция подписи {algorithm} не принимается: нужна ГОСТ Р 34.11-2012 или SHA-256")
    _check_certificate(der, certificate, signers, on)
    try:
        told = gost_digest(payload) if algorithm == GOST else new(algorithm, payload).digest()
        if attributes and told != attributes.get("message_digest"):
            raise _Wrong("Подпись сделана под другим файлом: его содержание изменилось")
        if algorithm == GOST:
            verify_gost(certificate=der, data=signed, signature=made)
        else:
            _verify(certificate, made, signed, HASHES[algorithm]())
    except (InvalidSignature, SignatureRefused, UnsupportedAlgorithm, ValueError) as problem:
        raise _Wrong("Подпись не сходится с сертификатом, который в ней указан") from problem
    except ProviderUnavailable as problem:
        raise _Wrong("Подпись ГОСТ здесь не проверить: средство подписи не установлено") from problem


def _certificate_of(signer: cms.SignerInfo, certificates: cms.CertificateSet) -> bytes:
    """The certificate the signer names, in DER; others beside it are its authorities."""
    named = signer["sid"].chosen
    for one in certificates:
        found = one.chosen
        if isinstance(named, cms.IssuerAndSerialNumber):
            is_his = found.serial_number == named["serial_number"].native and found.issuer == named["issuer"]
        else:
            is_his = found.key_identifier == named.native
        if is_his:
            return bytes(found.dump())
    raise KeyError("certificate")


def _check_certificate(der: bytes, certificate: x509.Certificate, signers: Signers, on: date) -> None:
    digest = sha256(der).hexdigest()
    if digest in {one.lower() for one in signers.withdrawn}:
        raise _Wrong("Сертификат подписи отозван поставщиком")
    if digest not in {one.lower() for one in signers.live}:
        raise _Wrong("Пакет подписан сертификатом, которого нет в карточке поставщика")
    first, last = certificate.not_valid_before_utc.date(), certificate.not_valid_after_utc.date()
    if not first <= on <= last:
        raise _Wrong(
            f"Сертификат подписи действует с {first:%d.%m.%Y} по {last:%d.%m.%Y}, а пакет получен {on:%d.%m.%Y}"
        )


def _verify(certificate: x509.Certificate, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST_RSA_BITS:
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(algorithm))
    else:
        raise UnsupportedAlgorithm("key")
