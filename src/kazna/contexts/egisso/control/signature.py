"""Detached signatures of packages (CMS): whole, and made with a certificate that the sender's card names."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import new, sha256

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from kazna.contexts.egisso.control.findings import Finding, finding

HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}


def check_signature(payload: bytes, signature: bytes, certificates: Collection[str]) -> Finding | None:
    """What is wrong with the signature, None when nothing is.

    `certificates` are SHA-256 digests (hex) of those that the sender signs with.
    """
    try:
        content = cms.ContentInfo.load(signature)["content"]
        signer = content["signer_infos"][0]
        certificate = x509.load_der_x509_certificate(content["certificates"][0].chosen.dump())
        algorithm = signer["digest_algorithm"]["algorithm"].native
        attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
        signed = b"\x31" + signer["signed_attrs"].dump()[1:]  # signed as SET OF, stored under [0]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return finding("signature", what="Подпись не читается: нужна отсоединённая подпись CMS с сертификатом")
    if algorithm not in HASHES or new(algorithm, payload).digest() != attributes.get("message_digest"):
        return finding("signature", what="Подпись сделана под другим файлом: его содержание изменилось")
    try:
        _verify(certificate, signer["signature"].native, signed, HASHES[algorithm]())
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return finding("signature", what="Подпись не сходится с сертификатом, который в ней указан")
    if _digest(certificate) not in {one.lower() for one in certificates}:
        return finding("signature", what="Пакет подписан сертификатом, которого нет в карточке поставщика")
    return None


def _verify(certificate: x509.Certificate, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(algorithm))
    else:
        raise UnsupportedAlgorithm("key")


def _digest(certificate: x509.Certificate) -> str:
    return sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
