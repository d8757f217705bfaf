"""Answers made by hand and laid into our queue: right in all but what the test is about."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID, uuid1

from lxml import etree
from tests.contexts.integration.smev.exchange import Smev

from kazna.standins.smev.exchange import metadata
from kazna.standins.smev.names import b, t
from kazna.standins.smev.queues import Queues
from kazna.standins.smev.signature import Key, sign

DOCUMENT = b'<n:Answer xmlns:n="urn://test/answer"/>'
Edit = Callable[[etree._Element], None]


def answer(
    smev: Smev,
    original_id: UUID,
    *,
    document: bytes = DOCUMENT,
    sender: str = "FNS001",
    sender_key: str = "FNS001",
    operator_key: str = "SMEV",
    message_id: str | None = None,
    before: Edit | None = None,
    after: Edit | None = None,
) -> etree._Element:
    """A ResponseMessage. `before` edits the sender's data before it is signed, `after` the whole when all is signed."""
    message_id = message_id or str(uuid1())
    response = etree.Element(t("Response"), Id="SIGNED_BY_SMEV")
    etree.SubElement(response, t("OriginalMessageId")).text = str(original_id)
    data = etree.SubElement(response, t("SenderProvidedResponseData"), Id="SIGNED_BY_CALLER")
    etree.SubElement(data, t("MessageID")).text = message_id
    etree.SubElement(data, t("To")).text = "back"
    etree.SubElement(data, b("MessagePrimaryContent")).append(etree.fromstring(document))
    if before:
        before(data)
    response.append(metadata(message_id, "RESPONSE", sender, "KAZNA"))
    own = etree.SubElement(response, t("SenderInformationSystemSignature"))
    own.append(sign(data, Key(smev.folder, sender_key)))
    holder = etree.Element(t("ResponseMessage"))
    holder.append(response)
    etree.SubElement(holder, t("SMEVSignature")).append(sign(response, Key(smev.folder, operator_key)))
    if after:
        after(holder)
    return holder


def lay(smev: Smev, message: etree._Element, kind: str = "response") -> str:
    """Put a message into our queue as it is; return its id."""
    found = message.find(f".//{t('SenderProvidedResponseData')}/{t('MessageID')}")
    message_id = str(found.text) if found is not None else str(uuid1())
    body = etree.tostring(message, encoding="UTF-8")
    Queues(smev.folder / "queues.sqlite").put("KAZNA", kind, message_id, "", body, rounds=0, place=time.time())
    return message_id
