"""What must not be believed: wrong signatures and certificates, broken, hostile and too large messages."""

import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from uuid import uuid1

import httpx
import pytest
from lxml import etree
from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.smev.asking import income, sent, the_request
from tests.contexts.integration.smev.crafted import answer, lay

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import SmevDelivery
from kazna.contexts.integration.smev.channel import channel
from kazna.contexts.integration.smev.signing.trust import load_trust
from kazna.plumbing.models import Delivery
from kazna.standins.smev.certificates import issue
from kazna.standins.smev.names import BASIC, SOAP, TYPES, b, t

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def refusal() -> SmevDelivery:
    """The only delivery: refused, acknowledged, told to nobody below; the question still waits."""
    report = integration.poll_smev(on=TODAY)
    assert (report.taken, report.trouble) == ({"refused": 1}, "")
    delivery = SmevDelivery.objects.get()
    assert delivery.acknowledged_at is not None
    assert not Delivery.objects.filter(consumer="registers.on_message").exists()
    assert the_request().status == "sent"
    return delivery


def refused(smev, **crafted) -> SmevDelivery:
    lay(smev, answer(smev, sent().message_id, **crafted))
    return refusal()


CERTIFICATES = {
    "expired": ({"times": (NOW - 9 * DAY, NOW - DAY), "by": "centre"}, "истёк"),
    "early": ({"times": (NOW + DAY, NOW + 9 * DAY), "by": "centre"}, "действует только с"),
    "stranger": ({"by": None}, "неизвестен"),
}


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_sender_with_a_wrong_certificate_is_refused(smev, name):
    how, reason = CERTIFICATES[name]
    issue(smev.folder, name, mnemonic="FNS001", **how)

    delivery = refused(smev, sender_key=name)

    assert reason in delivery.reason
    assert delivery.is_accepted  # СМЭВ's own signature held
    assert reason in the_request().last_error


@pytest.mark.parametrize("name", CERTIFICATES)
def test_an_operator_with_a_wrong_certificate_is_refused(smev, name):
    how, reason = CERTIFICATES[name]
    issue(smev.folder, name, mnemonic="SMEV", **how)

    delivery = refused(smev, operator_key=name)

    assert reason in delivery.reason
    assert not delivery.is_accepted


def test_another_system_cannot_speak_for_smev(smev):
    assert "подписала не СМЭВ" in refused(smev, operator_key="FNS001").reason


def test_another_system_cannot_speak_for_the_agency(smev):
    assert "«ROSTRUD01»" in refused(smev, sender_key="ROSTRUD01").reason


def test_another_agency_cannot_answer_our_question(smev):
    assert "а спрашивали «FNS001»" in refused(smev, sender="ROSTRUD01", sender_key="ROSTRUD01").reason


def test_a_revoked_certificate_is_refused(smev, settings, tmp_path):
    trust = tmp_path / "trust"
    (trust / "revoked").mkdir(parents=True)
    for name in ("centre.pem", "smev.pem"):
        (trust / name).write_bytes((smev.folder / "trust" / name).read_bytes())
    (trust / "revoked" / "fns.pem").write_bytes((smev.folder / "FNS001.pem").read_bytes())
    settings.KAZNA_SMEV = {**smev.told, "trust": str(trust)}

    assert "отозван" in refused(smev).reason


def spoil_content(holder) -> None:
    holder.find(f".//{b('MessagePrimaryContent')}")[0].set("sum", "1000000")


def spoil_value(holder) -> None:
    value = holder.find(f"{t('SMEVSignature')}//{{*}}SignatureValue")
    value.text = b64encode(bytes(64)).decode()


def wrap_copy(holder) -> None:
    """The signed answer is moved aside; a forged one with the same Id stands in its place."""
    signed = holder.find(t("Response"))
    forged = etree.fromstring(etree.tostring(signed, encoding="UTF-8"))
    forged.find(f".//{b('MessagePrimaryContent')}")[0].set("sum", "1000000")
    forged.find(f".//{b('MessagePrimaryContent')}")[0].append(signed)
    holder.insert(0, forged)


def other_target(holder) -> None:
    holder.find(f"{t('SMEVSignature')}//{{*}}Reference").set("URI", "#SIGNED_BY_CALLER")


def weak_digest(holder) -> None:
    method = holder.find(f"{t('SMEVSignature')}//{{*}}DigestMethod")
    method.set("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1")


def no_transform(holder) -> None:
    transforms = holder.find(f"{t('SMEVSignature')}//{{*}}Transforms")
    transforms.remove(transforms[1])


def no_signature(holder) -> None:
    holder.remove(holder.find(t("SMEVSignature")))


def garbage(holder) -> None:
    holder.find(f"{t('SMEVSignature')}//{{*}}X509Certificate").text = "AAAA"


TAMPERED = {
    spoil_content: "изменено после подписания",
    spoil_value: "не от этого сообщения",
    wrap_copy: "несколько элементов",
    other_target: "подписана другая часть",
    weak_digest: "хэш-функция",
    no_transform: "преобразования",
    no_signature: "подписи в сообщении нет",
    garbage: "сертификат в подписи не читается",
}


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda one: one.__name__)
def test_a_tampered_message_is_refused(smev, tamper):
    delivery = refused(smev, after=tamper)

    assert TAMPERED[tamper] in delivery.reason
    assert not delivery.is_accepted


def test_what_is_spoilt_on_the_way_is_refused(smev):
    sent()
    smev.behave(spoil=1)
    agency = smev.participant("FNS001")
    agency.answer_all(income)

    assert "изменено" in refusal().reason


def break_schema(data) -> None:
    etree.SubElement(data, t("NewField")).text = "из новой версии"


def test_a_message_off_the_schema_is_refused_and_the_queue_goes_on(smev):
    message = sent()
    lay(smev, answer(smev, message.message_id, before=break_schema))
    lay(smev, answer(smev, message.message_id))

    assert integration.poll_smev(on=TODAY).taken == {"refused": 1, "handed": 1}
    (shown,) = integration.refused_messages()
    assert "NewField" in shown.reason
    assert "KAZNA.response" not in smev.waiting()


class Played:
    """СМЭВ that answers GetResponse with given bytes and confirms everything; nothing of ours is checked."""

    def __init__(self, payload: bytes) -> None:
        self.payloads = [payload]
        self.acknowledged: list[bytes] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        if b"AckRequest" in request.content:
            self.acknowledged.append(request.content)
            return self.soap("<t:AckResponse/>")
        if b"GetResponseRequest" in request.content and self.payloads:
            return httpx.Response(200, content=self.payloads.pop())
        for call in ("GetResponse", "GetStatus", "GetRequest"):
            if f"{call}Request".encode() in request.content:
                return self.soap(f"<t:{call}Response/>")
        return httpx.Response(404)

    def soap(self, message: str) -> httpx.Response:
        return httpx.Response(200, content=envelope(message))

    def poll(self):
        with httpx.Client(transport=httpx.MockTransport(self.answer)) as client:
            return integration.poll_smev(on=TODAY, client=client)


def envelope(message: str, head: str = "") -> bytes:
    names = f'xmlns:s="{SOAP}" xmlns:t="{TYPES}" xmlns:b="{BASIC}"'
    return f"{head}<s:Envelope {names}><s:Body>{message}</s:Body></s:Envelope>".encode()


def response_of(smev, message_id: str) -> str:
    crafted = etree.tostring(answer(smev, uuid1(), message_id=message_id), encoding="unicode")
    return f"<t:GetResponseResponse>{crafted}</t:GetResponseResponse>"


XXE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("head", [XXE, BOMB], ids=["entity", "bomb"])
def test_a_message_with_a_dtd_is_kept_unread_and_the_queue_is_freed(smev, head):
    message_id = str(uuid1())
    played = Played(envelope(response_of(smev, message_id), head))

    assert played.poll().taken == {"refused": 1}
    delivery = SmevDelivery.objects.get()
    assert (str(delivery.message_id), delivery.is_accepted) == (message_id, False)
    assert "DOCTYPE" in delivery.reason or "DTD" in delivery.reason
    assert f'accepted="false">{message_id}'.encode() in played.acknowledged[0]


def test_ten_times_the_allowed_size_is_not_read_to_its_end(smev, settings):
    settings.KAZNA_SMEV = {**smev.told, "message_bytes": 20_000}
    message_id = str(uuid1())
    padding = f"<!--{'x' * 400_000}-->"
    played = Played(envelope(response_of(smev, message_id) + padding))

    assert played.poll().taken == {"refused": 1}
    delivery = SmevDelivery.objects.get()
    assert "больше 40000 байт" in delivery.reason
    assert delivery.size_bytes <= 20_000
    assert message_id.encode() in played.acknowledged[0]


@pytest.mark.parametrize("payload", [b"", b"<a", b"<html>busy</html>", b"\x00\xff", envelope("<t:AckResponse/>")])
def test_an_answer_that_is_no_message_stops_the_round_and_is_kept(smev, payload):
    played = Played(payload)

    assert played.poll().taken == {"refused": 1}
    assert (SmevDelivery.objects.get().kind, played.acknowledged) == ("nameless", [])


def test_an_unknown_version_of_the_envelope_is_named(smev):
    payload = envelope(response_of(smev, str(uuid1()))).replace(TYPES.encode(), TYPES.replace("1.1", "1.9").encode())

    assert Played(payload).poll().taken == {"refused": 1}
    assert "types/1.9" in SmevDelivery.objects.get().reason


def test_a_request_past_its_life_is_not_served(smev, settings):
    settings.KAZNA_SMEV = {**smev.told, "agencies": "fns=FNS001"}
    agency = smev.participant("FNS001")
    rogd = b'<n:ROGDRequest xmlns:n="urn://x-artefacts-zags-rogd/root/112-01/4.0.5"/>'
    agency.request(rogd, eol=datetime.now(UTC) + timedelta(milliseconds=400))
    time.sleep(0.5)

    assert integration.poll_smev(on=TODAY).taken == {"refused": 1}
    assert "Срок жизни" in SmevDelivery.objects.get().reason


def test_a_system_we_do_not_know_is_refused(smev, settings):
    settings.KAZNA_SMEV = {**smev.told, "agencies": "fns=FNS001"}
    smev.participant("ROSTRUD01").request(b'<n:ROGDRequest xmlns:n="urn://x-artefacts-zags-rogd/root/112-01/4.0.5"/>')

    assert integration.poll_smev(on=TODAY).taken == {"refused": 1}
    assert "KAZNA_SMEV_AGENCIES" in SmevDelivery.objects.get().reason


def test_our_own_signature_is_refused_when_the_key_is_not_registered(smev, settings):
    issue(smev.folder, "old", by="centre", mnemonic="KAZNA", times=(NOW - 9 * DAY, NOW - DAY))
    for key, code in (("old", "CertificateIsExpired"), ("KAZNA", "")):
        told = {"key": str(smev.folder / f"{key}.key"), "certificate": str(smev.folder / f"{key}.pem")}
        settings.KAZNA_SMEV = {**smev.told, **told}
        report = integration.poll_smev(on=TODAY)
        assert (code in report.trouble) and bool(code) == bool(report.trouble)


def test_trust_is_read_once_and_named_when_missing(smev, settings, tmp_path):
    assert load_trust(smev.folder / "trust") is channel().trust
    settings.KAZNA_SMEV = {**smev.told, "trust": str(tmp_path / "none")}
    with pytest.raises(integration.ProviderUnavailable, match="нет папки доверенных"):
        integration.poll_smev(on=TODAY)
