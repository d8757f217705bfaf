"""Ask an agency about a person and take its answer in, as the exchange does."""

from __future__ import annotations

from datetime import date

from lxml import etree
from tests.contexts.registers.family import NOW, ON, card

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.models import AgencyRequest
from kazna.contexts.integration.readers.schemas import schema
from kazna.contexts.registers import public as registers

Question = integration.Question


def ask(who, agency: str, topic: str, about: str = "2026-02-10", on: date = ON):
    """The question as sent, checked by the official schema: its id and its tree."""
    person_id = card(who).person_id
    person = registers.person_references([person_id])[person_id]
    (asked,) = integration.ask(questions=[Question(agency, person_id, person, about, on, topic=topic)])
    row = AgencyRequest.objects.get(id=asked.request_id)
    assert row.status == "queued", row.last_error
    sent = etree.fromstring(bytes(row.payload))
    schema(TOPICS[agency, topic].schema).assertValid(sent)
    return asked.request_id, sent


def answer(payload: bytes, agency: str, in_reply_to=None, on: date = ON):
    (receipt,) = registers.take_in(
        payload=payload, agency=agency, file_name="answer.xml", content_type="", on=on, received_at=NOW,
        in_reply_to=in_reply_to,
    )  # fmt: skip
    return receipt


def accepted(receipt):
    assert receipt.status == "accepted", receipt.remarks
    return receipt


def refused(receipt) -> list[str]:
    return [one["code"] for one in receipt.remarks if one["is_refusal"]]
