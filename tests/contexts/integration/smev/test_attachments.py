"""Files beside a message: counted, measured, held to their digests."""

from base64 import b64encode
from hashlib import sha256
from uuid import uuid1

import pytest
from lxml import etree
from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.smev.asking import sent
from tests.contexts.integration.smev.crafted import answer, lay

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import SmevDelivery
from kazna.contexts.integration.smev.attachments import Attachment, StoredAttachment
from kazna.contexts.integration.smev.channel import channel
from kazna.contexts.integration.smev.envelope.read import read_sent
from kazna.contexts.integration.smev.envelope.soap import FaultReceived
from kazna.contexts.integration.smev.envelope.write import Request, send_request
from kazna.contexts.integration.smev.transport import call, smev_client
from kazna.standins.smev.names import b, t

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "справка".encode() * 100
ROGD = b'<n:ROGDRequest xmlns:n="urn://x-artefacts-zags-rogd/root/112-01/4.0.5"/>'


def headers(data, *ids: str) -> None:
    names = etree.SubElement(data, b("AttachmentHeaderList"))
    for one in ids:
        header = etree.SubElement(names, b("AttachmentHeader"))
        etree.SubElement(header, b("contentId")).text = one
        etree.SubElement(header, b("MimeType")).text = "application/pdf"


def contents(holder, **files: bytes) -> None:
    listed = etree.Element(b("AttachmentContentList"))
    for name, body in files.items():
        content = etree.SubElement(listed, b("AttachmentContent"))
        etree.SubElement(content, b("Id")).text = name
        etree.SubElement(content, b("Content")).text = b64encode(body).decode()
    holder.insert(list(holder).index(holder.find(t("Response"))) + 1, listed)


def reference(data, uuid: str, digest: bytes) -> None:
    names = etree.SubElement(data, b("RefAttachmentHeaderList"))
    header = etree.SubElement(names, b("RefAttachmentHeader"))
    etree.SubElement(header, b("uuid")).text = uuid
    etree.SubElement(header, b("Hash")).text = b64encode(digest).decode()
    etree.SubElement(header, b("MimeType")).text = "application/pdf"


def outcome() -> SmevDelivery:
    integration.poll_smev(on=TODAY)
    return SmevDelivery.objects.get()


CASES = {
    "right": (("a", "c"), {"a": FILE, "c": b"x"}, "handed", ""),
    "one missing": (("a", "c"), {"a": FILE}, "refused", "не сходятся"),
    "one too many": (("a",), {"a": FILE, "c": b"x"}, "refused", "не сходятся"),
    "another": (("a",), {"z": FILE}, "refused", "не сходятся"),
    "ten times too large": (("a",), {"a": bytes(500_000)}, "refused", "разрешено 50000"),
}


@pytest.mark.parametrize("case", CASES)
def test_files_in_the_envelope(smev, settings, case):
    settings.KAZNA_SMEV = {**smev.told, "message_bytes": 50_000 if "large" in case else 1_000_000}
    named, given, expected, reason = CASES[case]
    message = sent()
    lay(
        smev,
        answer(
            smev,
            message.message_id,
            before=lambda data: headers(data, *named),
            after=lambda holder: contents(holder, **given),
        ),
    )

    found = outcome()

    assert found.outcome == expected
    assert reason in found.reason or "больше 100000 байт" in found.reason


def test_a_file_of_the_store_is_held_to_its_digest(smev):
    message = sent()
    uuid = str(uuid1())
    smev.client.put(f"/files/{uuid}", content=FILE)
    lay(smev, answer(smev, message.message_id, before=lambda data: reference(data, uuid, sha256(FILE).digest())))

    assert outcome().outcome == "handed"


def test_a_changed_file_of_the_store_is_refused(smev):
    message = sent()
    uuid = str(uuid1())
    smev.client.put(f"/files/{uuid}", content=FILE + b"!")
    lay(smev, answer(smev, message.message_id, before=lambda data: reference(data, uuid, sha256(FILE).digest())))

    found = outcome()

    assert (found.outcome, "хэш файла" in found.reason) == ("refused", True)


def test_a_file_that_is_not_there_yet_leaves_the_message_in_the_queue(smev):
    message = sent()
    uuid = str(uuid1())
    lay(smev, answer(smev, message.message_id, before=lambda data: reference(data, uuid, sha256(FILE).digest())))
    assert "404" in integration.poll_smev(on=TODAY).trouble
    assert not SmevDelivery.objects.exists()
    smev.client.put(f"/files/{uuid}", content=FILE)

    assert outcome().outcome == "handed"


def send(attached=(), stored=()) -> str:
    ours = channel()
    payload = send_request(Request(uuid1(), ROGD, attached=attached, stored=stored), ours.provider)
    return read_sent(call(smev_client(), ours.url, payload, most_bytes=10_000), "SendRequest")


def test_our_files_go_by_both_lists(smev):
    digest = b64encode(sha256(FILE).digest()).decode()

    told = send([Attachment("one", "text/plain", FILE)], [StoredAttachment(str(uuid1()), "text/plain", digest)])

    assert told == "requestIsQueued"


def test_smev_refuses_files_over_its_limit(smev):
    smev.behave(attachment_bytes=10)

    with pytest.raises(FaultReceived, match="AttachmentSizeLimitExceeded"):
        send([Attachment("one", "text/plain", FILE)])
