"""A certification centre of the demo: keys and certificates of СМЭВ and of the systems that talk through it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from kazna.standins.smev.names import OPERATOR

CENTRE, TRUST = "centre", "trust"
YEARS = timedelta(days=3650)
Times = tuple[datetime, datetime]


def make_keys(folder: Path, mnemonics: list[str]) -> None:
    """NAME.key and NAME.pem for the centre, СМЭВ and each system; `trust/` is what systems are given to trust.

    What is there already stays.
    """
    (folder / TRUST).mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (folder / f"{CENTRE}.pem").exists():
        issue(folder, CENTRE, by=None)
    for name in (OPERATOR, *mnemonics):
        if not (folder / f"{name}.pem").exists():
            issue(folder, name, by=CENTRE)
    for source, copy in ((CENTRE, "centre.pem"), (OPERATOR, "smev.pem")):
        (folder / TRUST / copy).write_bytes((folder / f"{source}.pem").read_bytes())


def issue(folder: Path, name: str, *, by: str | None, mnemonic: str | None = None, times: Times | None = None) -> None:
    """One key and its certificate, signed by another of the folder or by itself. `times`: valid from, to."""
    from kazna.standins.smev.signature import Key

    now = datetime.now(UTC)
    since, until = times or (now - timedelta(days=1), now + YEARS)
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = Key(folder, by) if by else None
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, mnemonic or name)])
    signing: Any = issuer.private if issuer else key
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(signing, SHA256())
    )
    secret = folder / f"{name}.key"
    secret.touch(mode=0o600)
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
