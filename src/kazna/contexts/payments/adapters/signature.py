"""A detached signature of a register (CMS, RFC 5652), so that the bank knows whose it is and that nothing changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from django.conf import settings

from kazna.kernel.errors import DomainError

DETACHED = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]


class SigningKeyUnreadable(DomainError):
    sentence = "Реестры не подписаны: ключ или сертификат не читается ({reason}). Проверьте KAZNA_PAYMENTS_KEY."


def signature_of(payload: bytes) -> bytes:
    """The signature in DER; empty when the installation has no key (then the bank must take unsigned registers).

    Raises SigningKeyUnreadable.
    """
    key, certificate = settings.KAZNA_PAYMENTS_KEY, settings.KAZNA_PAYMENTS_CERTIFICATE
    if not key:
        return b""
    builder = PKCS7SignatureBuilder().set_data(payload)
    return builder.add_signer(*reversed(_pair(key, certificate)), SHA256()).sign(Encoding.DER, DETACHED)


@cache
def _pair(key: str, certificate: str):  # type: ignore[no-untyped-def]
    try:
        return (
            load_pem_private_key(Path(key).read_bytes(), None),
            x509.load_pem_x509_certificate(Path(certificate).read_bytes()),
        )
    except (OSError, ValueError, TypeError) as problem:
        raise SigningKeyUnreadable(reason=type(problem).__name__) from problem
