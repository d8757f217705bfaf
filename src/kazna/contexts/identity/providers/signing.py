"""The request's signature: `client_secret` as ЕСИА wants it, by our key and certificate.

Open algorithms (RSA with SHA-256). Another provider of signatures takes the place of `Signer`: two methods over bytes.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7


class Signer:
    """Our key and certificate."""

    def __init__(self, key_file: str, certificate_file: str) -> None:
        key = serialization.load_pem_private_key(Path(key_file).read_bytes(), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(f"{key_file}: an RSA key is needed")
        self.key = key
        self.certificate = x509.load_pem_x509_certificate(Path(certificate_file).read_bytes())

    def detached(self, content: bytes) -> bytes:
        """PKCS#7 with our certificate and without the content, DER."""
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
        signing = pkcs7.PKCS7SignatureBuilder().set_data(content)
        return signing.add_signer(self.certificate, self.key, hashes.SHA256()).sign(serialization.Encoding.DER, options)

    def bare(self, content: bytes) -> bytes:
        """The signature alone; whose it is, the certificate's hash beside it says."""
        return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())

    def certificate_hash(self) -> str:
        """Hex of the certificate's digest. ЕСИА itself wants ГОСТ Р 34.11-2012, which a ГОСТ signer gives."""
        return self.certificate.fingerprint(hashes.SHA256()).hex().upper()


def text_form(signature: bytes) -> str:
    return urlsafe_b64encode(signature).decode()


def timestamp(now: datetime) -> str:
    """«2025.01.31 12:00:00 +0000»."""
    return now.strftime("%Y.%m.%d %H:%M:%S %z")
