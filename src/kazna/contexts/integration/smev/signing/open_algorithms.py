"""RSA and ECDSA with SHA-256 by the `cryptography` library: the provider that needs nothing else."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256 as Sha256

from kazna.contexts.integration.smev.names import ECDSA_SHA256, RSA_SHA256, SHA256
from kazna.contexts.integration.smev.signing.provider import ProviderUnavailable, refused

SHORTEST_RSA_BITS = 2048


class OpenAlgorithms:
    """Key and certificate are PEM files. ECDSA signatures are r‖s, as XMLDSig wants them."""

    name = "open"
    digest_method = SHA256

    def __init__(self, key: Path | None, certificate: Path | None) -> None:
        self.key_path = key
        self.certificate_path = certificate

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
        if self.key_path is None or not self.key_path.is_file():
            raise ProviderUnavailable(provider=self.name, reason=f"нет файла ключа {self.key_path or ''}".strip())
        try:
            key = serialization.load_pem_private_key(self.key_path.read_bytes(), None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
            raise ProviderUnavailable(provider=self.name, reason="ключ не читается") from problem
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise ProviderUnavailable(provider=self.name, reason="ключ не RSA и не ECDSA")
        return key

    @cached_property
    def signature_method(self) -> str:  # type: ignore[override]
        return RSA_SHA256 if isinstance(self._key, rsa.RSAPrivateKey) else ECDSA_SHA256

    def certificate_der(self) -> bytes:
        return self._certificate

    @cached_property
    def _certificate(self) -> bytes:
        if self.certificate_path is None or not self.certificate_path.is_file():
            raise ProviderUnavailable(provider=self.name, reason="нет файла сертификата")
        read = x509.load_pem_x509_certificate(self.certificate_path.read_bytes())
        return read.public_bytes(serialization.Encoding.DER)

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), Sha256())
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(Sha256())))
        size = (self._key.curve.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def digest(self, method: str, data: bytes) -> bytes:
        if method != SHA256:
            raise refused("SignatureIsInvalid", f"хэш-функция {method} не принимается")
        return hashlib.sha256(data).digest()

    def verify(self, method: str, certificate: bytes, data: bytes, signature: bytes) -> None:
        key = _public_key(certificate)
        try:
            if method == RSA_SHA256 and isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST_RSA_BITS:
                key.verify(signature, data, padding.PKCS1v15(), Sha256())
            elif method == ECDSA_SHA256 and isinstance(key, ec.EllipticCurvePublicKey):
                half = len(signature) // 2
                r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
                key.verify(encode_dss_signature(r, s), data, ec.ECDSA(Sha256()))
            else:
                raise refused("SignatureIsInvalid", f"алгоритм {method} с таким ключом не принимается")
        except InvalidSignature as problem:
            raise refused("SignatureIsInvalid", "она не от этого сообщения или не этим ключом") from problem

    def is_issued_by(self, certificate: bytes, issuer: bytes) -> bool:
        try:
            x509.load_der_x509_certificate(certificate).verify_directly_issued_by(
                x509.load_der_x509_certificate(issuer)
            )
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            return False
        return True


@lru_cache(maxsize=256)
def _public_key(certificate: bytes) -> object:
    try:
        return x509.load_der_x509_certificate(certificate).public_key()
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise refused("SignatureIsInvalid", "ключ сертификата не открытого алгоритма (RSA, ECDSA)") from problem
