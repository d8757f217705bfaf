"""A package is taken with a signature of its supplier alone: real CMS, open algorithms and ГОСТ."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from tests.factories.egisso import BODY, ON, facts_package
from tests.factories.egisso import fact as a_fact

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.control.signature import Signers, check_signature
from kazna.contexts.integration.smev.signing.gost import is_available
from kazna.contexts.registers import public as registers

PAYLOAD = facts_package(a_fact(1))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DER = serialization.Encoding.DER


class Signer:
    """A key with a certificate of its own; by default in force on ON."""

    def __init__(self, *, until: datetime = NOW + timedelta(days=300), key=None) -> None:
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Отдел соцподдержки")])
        built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
        built = built.serial_number(x509.random_serial_number()).not_valid_before(until - timedelta(days=365))
        self.certificate = built.not_valid_after(until).sign(self.key, hashes.SHA256())
        self.digest = sha256(self.certificate.public_bytes(DER)).hexdigest()

    def sign(self, payload: bytes, algorithm=None, *options: pkcs7.PKCS7Options) -> bytes:
        builder = pkcs7.PKCS7SignatureBuilder().set_data(payload)
        builder = builder.add_signer(self.certificate, self.key, algorithm or hashes.SHA256())
        return builder.sign(DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, *options])


OWN, LOST, STRANGER, EXPIRED = Signer(), Signer(), Signer(), Signer(until=datetime(2026, 2, 1, tzinfo=UTC))
CARD = Signers([OWN.digest, EXPIRED.digest], [LOST.digest])


@pytest.mark.parametrize(
    "signature",
    [
        OWN.sign(PAYLOAD),
        OWN.sign(PAYLOAD, hashes.SHA512()),
        OWN.sign(PAYLOAD, hashes.SHA256(), pkcs7.PKCS7Options.NoAttributes),
    ],
    ids=["SHA-256", "SHA-512", "without attributes"],
)
def test_a_signature_of_the_supplier_is_taken(signature):
    assert check_signature(PAYLOAD, signature, CARD, on=ON) is None


def test_an_rsa_signature_is_taken():
    signer = Signer(key=rsa.generate_private_key(65537, 2048))

    assert check_signature(PAYLOAD, signer.sign(PAYLOAD), Signers([signer.digest]), on=ON) is None


REFUSED = {
    "of a stranger": (STRANGER.sign(PAYLOAD), "нет в карточке поставщика"),
    "of a withdrawn certificate": (LOST.sign(PAYLOAD), "отозван"),
    "of an expired certificate": (EXPIRED.sign(PAYLOAD), "по 01.02.2026, а пакет получен 02.03.2026"),
    "of another file": (OWN.sign(PAYLOAD + b" "), "содержание изменилось"),
    "of another file, bare": (
        OWN.sign(PAYLOAD + b" ", hashes.SHA256(), pkcs7.PKCS7Options.NoAttributes), "не сходится"),
    "spoilt": (OWN.sign(PAYLOAD)[:-8] + b"\0" * 8, "не сходится"),
    "without a certificate": (
        OWN.sign(PAYLOAD, hashes.SHA256(), pkcs7.PKCS7Options.NoCerts), "нужна отсоединённая подпись CMS"),
    "nothing": (b"", "нужна отсоединённая подпись CMS"),
    "not a signature": (b"<xml/>", "нужна отсоединённая подпись CMS"),
    "with more behind it": (OWN.sign(PAYLOAD) + b"\0", "нужна отсоединённая подпись CMS"),
}  # fmt: skip


@pytest.mark.parametrize(("signature", "why"), REFUSED.values(), ids=REFUSED)
def test_any_other_signature_is_refused_with_the_reason(signature, why):
    said = check_signature(PAYLOAD, signature, CARD, on=ON)

    assert said is not None and said.rule_code == "919" and why in said.message


@pytest.mark.skipif(not is_available(), reason="no gost engine of openssl")
def test_a_gost_signature_is_read(tmp_path: Path):
    key, certificate, data, signature = (tmp_path / name for name in ("k.pem", "c.pem", "data", "sig"))

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=tmp_path)

    data.write_bytes(PAYLOAD)
    subject = ("-x509", "-days", "3650", "-subj", "/CN=gost", "-md_gost12_256", "-nodes", "-keyout", str(key))
    openssl("req", "-engine", "gost", "-newkey", "gost2012_256", "-pkeyopt", "paramset:A", *subject, "-out", "c.pem")
    openssl("cms", "-sign", "-engine", "gost", "-signer", "c.pem", "-inkey", "k.pem", "-in", "data", "-binary",
            "-outform", "DER", "-out", "sig", "-md", "md_gost12_256")  # fmt: skip
    der = x509.load_pem_x509_certificate(certificate.read_bytes()).public_bytes(DER)
    card = Signers([sha256(der).hexdigest()])
    today = datetime.now(UTC).date()

    assert check_signature(PAYLOAD, signature.read_bytes(), card, on=today) is None
    spoilt = check_signature(PAYLOAD + b" ", signature.read_bytes(), card, on=today)
    assert spoilt is not None and "содержание изменилось" in spoilt.message


def zipped(**files: bytes) -> bytes:
    box = BytesIO()
    with ZipFile(box, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return box.getvalue()


def test_an_archive_is_taken_package_by_package(db):
    registers.load_kinds()
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=date(2026, 1, 1))
    egisso.participants.set_certificates(code=BODY, digests=[OWN.digest], withdrawn=[LOST.digest])
    files = {"good_xml": PAYLOAD, "good_xml_sig": OWN.sign(PAYLOAD), "bare_xml": PAYLOAD,
             "stolen_xml": PAYLOAD, "stolen_xml_p7s": LOST.sign(PAYLOAD)}  # fmt: skip

    told = egisso.take_upload("a.zip", zipped(**files), provider=BODY, on=ON, received_at=NOW)

    whole = {one["file"]: [said["rule_code"] for said in one["remarks"]] for one in told if "file" in one}
    assert whole == {"good.xml": [], "bare.xml": ["919"], "stolen.xml": ["919"]}


def test_a_lost_key_does_not_let_unsigned_packages_in(db):
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=date(2026, 1, 1))
    egisso.participants.set_certificates(code=BODY, digests=[], withdrawn=[LOST.digest])

    (told,) = egisso.take_upload("a.xml", PAYLOAD, provider=BODY, on=ON, received_at=NOW)

    assert "не подписан" in told["remarks"][0]["message"]
