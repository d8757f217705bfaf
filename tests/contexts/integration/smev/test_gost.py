"""ГОСТ signatures by openssl with the gost engine, where it is installed."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from kazna.contexts.integration.smev.names import GOST_SIGNATURE, TYPES
from kazna.contexts.integration.smev.signing.gost import GostEngine, is_available
from kazna.contexts.integration.smev.signing.open_algorithms import OpenAlgorithms
from kazna.contexts.integration.smev.signing.provider import ProviderUnavailable, SignatureRefused
from kazna.contexts.integration.smev.signing.trust import load_trust
from kazna.contexts.integration.smev.signing.xmldsig import sign_element, verify_element

needs_engine = pytest.mark.skipif(not is_available(), reason="needs openssl with the gost engine")


def soon() -> datetime:
    """Keys are made when the first test begins; certificates hold from then."""
    return datetime.now(UTC) + timedelta(minutes=5)


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A centre and a system with ГОСТ keys, the centre trusted; and a stranger."""
    folder = tmp_path_factory.mktemp("gost")
    (folder / "trust").mkdir()
    engine = ("-engine", "gost")
    for name in ("centre", "KAZNA", "stranger"):
        key, certificate = str(folder / f"{name}.key"), str(folder / f"{name}.pem")
        openssl("genpkey", *engine, "-algorithm", "gost2012_256", "-pkeyopt", "paramset:A", "-out", key)
        if name == "KAZNA":
            request = str(folder / "request")
            openssl("req", *engine, "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
            openssl(
                "x509", *engine, "-req", "-in", request, "-CA", str(folder / "centre.pem"),
                "-CAkey", str(folder / "centre.key"), "-days", "9", "-set_serial", "7", "-out", certificate,
            )  # fmt: skip
        else:
            openssl(
                "req", *engine, "-x509", "-new", "-key", key, "-subj", f"/CN={name}", "-days", "9", "-out", certificate
            )
    (folder / "trust" / "centre.pem").write_bytes((folder / "centre.pem").read_bytes())
    return folder


def provider(folder, name: str) -> GostEngine:
    return GostEngine(folder / f"{name}.key", folder / f"{name}.pem")


def signed(provider) -> tuple[etree._Element, etree._Element]:
    message = etree.fromstring(f'<t:Call xmlns:t="{TYPES}"><t:Data Id="ONE">сведения</t:Data><t:Signature/></t:Call>')
    message[1].append(sign_element(message[0], provider))
    parsed = etree.fromstring(etree.tostring(message, encoding="UTF-8"))
    return parsed[0], parsed[1]


@needs_engine
def test_a_gost_signature_holds_and_tells_its_signer(keys):
    ours = provider(keys, "KAZNA")

    data, holder = signed(ours)

    assert GOST_SIGNATURE in etree.tostring(holder).decode()
    signer = verify_element(data, holder, provider=ours, trust=load_trust(keys / "trust"), now=soon())
    assert signer.mnemonic == "KAZNA"


@needs_engine
def test_a_changed_message_an_unknown_and_an_expired_certificate_are_refused(keys):
    ours, trust = provider(keys, "KAZNA"), load_trust(keys / "trust")
    data, holder = signed(ours)
    with pytest.raises(SignatureRefused, match="истёк"):
        verify_element(data, holder, provider=ours, trust=trust, now=soon() + timedelta(days=10))
    data.text = "другие"
    with pytest.raises(SignatureRefused, match="изменено"):
        verify_element(data, holder, provider=ours, trust=trust, now=soon())
    data, holder = signed(provider(keys, "stranger"))
    with pytest.raises(SignatureRefused, match="неизвестен"):
        verify_element(data, holder, provider=ours, trust=trust, now=soon())


@needs_engine
def test_another_signature_value_is_refused(keys):
    ours = provider(keys, "KAZNA")
    data, holder = signed(ours)
    other = signed(provider(keys, "stranger"))[1].findtext(".//{*}SignatureValue")
    holder.find(".//{*}SignatureValue").text = other

    with pytest.raises(SignatureRefused, match="не от этого"):
        verify_element(data, holder, provider=ours, trust=load_trust(keys / "trust"), now=soon())


@needs_engine
def test_the_open_provider_says_that_it_reads_no_gost(keys):
    data, holder = signed(provider(keys, "KAZNA"))
    trust = load_trust(keys / "trust")

    with pytest.raises(SignatureRefused):
        verify_element(data, holder, provider=OpenAlgorithms(None, None), trust=trust, now=soon())


def test_without_the_program_the_provider_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not is_available()
    with pytest.raises(ProviderUnavailable, match="openssl"):
        GostEngine(None, None).digest("urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-256", b"x")
