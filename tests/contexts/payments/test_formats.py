"""What leaves for banks in their formats, signed; what the Treasury says back."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree
from tests.contexts.payments.below import BIK, granted

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.adapters.credit_register import payload_of
from kazna.contexts.payments.adapters.signature import signature_of
from kazna.contexts.payments.budget_lines import kbk_of
from kazna.plumbing.cms import cms
from kazna.standins.documents.bank_register import read_credit_register
from kazna.standins.documents.reading import MessageNotUnderstood

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, GRANT = date(2025, 3, 4), date(2025, 3, 5), 2_694_171


@pytest.fixture
def ufebs(settings):
    settings.KAZNA_UFEBS_BANKS = [BIK]


def register_of(below, bank, people):
    given = {"surname": "Бен-Али", "patronymic": "Ильич"}
    bank.take_on(*(granted(below.person(account=f"4081781{n:013d}", **given)) for n in range(people)))
    [register] = bank.day(TUESDAY)
    return register


@pytest.mark.parametrize(("people", "root"), [(1, "ED101"), (3, "ED108")])
def test_the_bank_reads_the_same_from_an_order_as_from_a_register(below, bank, ufebs, people, root):
    register = register_of(below, bank, people)
    payload = payload_of(register)

    read = read_credit_register(payload)

    assert etree.QName(etree.fromstring(payload)).localname == root
    assert (read.number, read.dated, read.bik) == (register.number, TUESDAY, BIK)
    credits = [(c.line, c.surname, c.patronymic, c.account, c.amount.kopecks) for c in read.credits]
    assert credits == [(n + 1, "Бен-Али", "Ильич", f"4081781{n:013d}", GRANT) for n in range(people)]


def test_one_changed_kopeck_is_noticed_by_the_bank(below, bank, ufebs):
    payload = payload_of(register_of(below, bank, 3))
    changed = payload.replace(b'TransactionSum="2694171"', b'TransactionSum="2694172"', 1)

    with pytest.raises(MessageNotUnderstood, match="не равна сумме переводов"):
        read_credit_register(changed)


def test_a_register_is_signed_so_that_a_changed_byte_shows(tmp_path, settings):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Отделение Фонда")])
    now = datetime(2025, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=900))
    certificate = builder.sign(key, hashes.SHA256())
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    settings.KAZNA_PAYMENTS_KEY = str(tmp_path / "key.pem")
    settings.KAZNA_PAYMENTS_CERTIFICATE = str(tmp_path / "certificate.pem")

    signed = cms.ContentInfo.load(signature_of(b"register"))["content"]

    [signer] = signed["signer_infos"]
    told = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    assert signed["encap_content_info"]["content"].native is None
    assert told["message_digest"] == hashlib.sha256(b"register").digest()
    attributes = signer["signed_attrs"].untag().dump()
    key.public_key().verify(signer["signature"].native, attributes, padding.PKCS1v15(), hashes.SHA256())


def test_without_a_key_nothing_is_signed(settings):
    settings.KAZNA_PAYMENTS_KEY = ""

    assert signature_of(b"register") == b""


@pytest.fixture
def sent(below, bank):
    register = register_of(below, bank, 3)
    bank.answer(register, WEDNESDAY, {2: "счёт закрыт"})
    return register.number


def statement(path, *rows, encoding="utf-8"):
    path.write_text("\n".join(["дата;документ;кбк;сумма", *rows]), encoding=encoding)
    return path


def test_the_treasury_knows_the_same(sent, tmp_path):
    kbk = kbk_of("grant", "sfr-77")
    rows = [f"2025-03-04;{sent};{kbk};80825,13", f"2025-03-05;{sent};{kbk};-26941,71"]

    found = payments.reconcile(path=statement(tmp_path / "t.csv", *rows, encoding="cp1251"))

    assert (found.differences, found.refused, found.kopecks) == ([], [], 2 * GRANT)


def test_a_kopeck_a_stranger_and_malformed_rows_are_named(sent, tmp_path):
    kbk = kbk_of("grant", "sfr-77")
    rows = [
        f"2025-03-04;{sent};{kbk};53883,43", f"2025-03-04;2025-999999;{kbk};1,00", "вчера;1;2;3",
        f"2025-03-04;x;{kbk};много", ";;", "",
    ]  # fmt: skip

    found = payments.reconcile(path=statement(tmp_path / "t.csv", *rows))

    assert [one.subject.split(",")[0] for one in found.differences] == [f"реестр {sent}", "реестр 2025-999999"]
    assert [text.partition(":")[0] for text in found.refused] == ["строка 4", "строка 5"]


def test_a_file_without_the_columns_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("a;b\n1;2")

    with pytest.raises(payments.StatementRefused, match="столбцы"):
        payments.reconcile(path=tmp_path / "t.csv")
