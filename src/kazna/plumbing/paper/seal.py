"""The electronic seal of an organisation on a PDF (PAdES B-B), and its verification.

The key and the certificate are the operator's (`KAZNA_SEAL_KEY`, `KAZNA_SEAL_CERTIFICATE`: PEM files); without them
an installation makes its own authority and seal once, which is enough to try things and trusted by nobody else.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kazna.kernel.places import VAR

YEARS = 10
FIELD = "Seal"
WHO, AUTHORITY = "Казна: печать установки", "Казна: удостоверяющий центр"  # 64 bytes at most


@dataclass(frozen=True, slots=True)
class Seal:
    """What a PDF's signature says. `is_whole`: nothing was changed after it. `is_trusted`: made by our seal."""

    signer: str
    signed_at: datetime | None
    is_whole: bool
    is_trusted: bool
    problem: str = ""

    @property
    def holds(self) -> bool:
        return self.is_whole and self.is_trusted


def seal(pdf: bytes, *, reason: str) -> bytes:
    """The same PDF with an invisible signature over all of it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    about = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    out = io.BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), about, signer=_signer(), output=out)
    return out.getvalue()


def check_seal(pdf: bytes) -> Seal | None:
    """The seal of a PDF; None when it has none or is no PDF at all."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return None
        context = ValidationContext(trust_roots=_roots(), allow_fetching=False)
        status = validate_pdf_signature(signatures[0], context)
    except (PdfError, SignatureValidationError, ValueError, OSError, KeyError, IndexError) as problem:
        return None if isinstance(problem, PdfError) else Seal("", None, False, False, type(problem).__name__)
    return Seal(
        signer=status.signing_cert.subject.native.get("common_name", ""),
        signed_at=status.signer_reported_dt,
        is_whole=bool(status.intact and status.valid and status.coverage and status.coverage.name == "ENTIRE_FILE"),
        is_trusted=bool(status.trusted),
    )


@cache
def _signer() -> Any:
    from pyhanko.sign import signers

    key, certificate, chain = _files()
    found = signers.SimpleSigner.load(str(key), str(certificate), ca_chain_files=[str(chain)] if chain else [])
    if found is None:
        raise OSError(f"the seal cannot be read: {key}, {certificate}")
    return found


def _roots() -> list[Any]:
    from pyhanko.keys import load_certs_from_pemder

    _, certificate, chain = _files()
    return list(load_certs_from_pemder([str(chain or certificate)]))


def _files() -> tuple[Path, Path, Path | None]:
    """Key, certificate and the authority's certificate."""
    key, certificate = os.environ.get("KAZNA_SEAL_KEY"), os.environ.get("KAZNA_SEAL_CERTIFICATE")
    if key and certificate:
        chain = os.environ.get("KAZNA_SEAL_AUTHORITY")
        return Path(key), Path(certificate), Path(chain) if chain else None
    folder = VAR / "secrets" / "seal"
    if not (folder / "seal.key").exists():
        _make(folder)
    return folder / "seal.key", folder / "seal.pem", folder / "authority.pem"


def _make(folder: Path) -> None:
    """An authority and a seal of this installation, once; of two processes the first one's stays."""
    fresh = folder.with_name(f"seal.{os.getpid()}")
    fresh.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in _new_seal():
        path = fresh / name
        path.touch(mode=0o600)
        path.write_bytes(content)
    try:
        fresh.rename(folder)
    except OSError:  # another process was quicker
        for path in fresh.iterdir():
            path.unlink()
        fresh.rmdir()


def _new_seal() -> Iterator[tuple[str, bytes]]:
    authority_key, seal_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY)])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, WHO)])
    root = _certificate(authority, authority, authority_key, authority_key, is_authority=True)
    yield "authority.pem", root.public_bytes(serialization.Encoding.PEM)
    own = _certificate(authority, subject, authority_key, seal_key, is_authority=False)
    yield "seal.pem", own.public_bytes(serialization.Encoding.PEM)
    yield (
        "seal.key",
        seal_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


def _certificate(
    issuer: x509.Name,
    subject: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                **usage,
            ),
            critical=True,
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())
