"""Does the `client_secret` come from the registered client: a detached PKCS#7 or a bare signature."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterable
from hashlib import sha256

import asn1crypto.tsp  # noqa: F401  names of attributes: the table is fixed at first use
from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def is_detached_signature(secret: str, contents: Iterable[str], certificate: x509.Certificate) -> bool:
    """PKCS#7 over one of the contents (both orders of the fields are met in the wild), by this certificate."""
    try:
        signed = cms.ContentInfo.load(_bytes(secret))["content"]
        (signer,) = signed["signer_infos"]
        attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
        digest = attributes["message_digest"][0].native
        covered = signer["signed_attrs"].untag().dump()
        signature = signer["signature"].native
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return False
    if digest not in {sha256(content.encode()).digest() for content in contents}:
        return False
    return _fits(certificate, signature, covered)


def is_bare_signature(secret: str, contents: Iterable[str], certificate: x509.Certificate) -> bool:
    try:
        signature = _bytes(secret)
    except ValueError:
        return False
    return any(_fits(certificate, signature, content.encode()) for content in contents)


def certificate_hash(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex().upper()


def _bytes(secret: str) -> bytes:
    return urlsafe_b64decode(secret + "=" * (-len(secret) % 4))


def _fits(certificate: x509.Certificate, signature: bytes, content: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True
