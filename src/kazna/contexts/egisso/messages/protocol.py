"""The official protocol of a package: packageResult with a recordResult per record, or messageResult."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

from lxml import etree

from kazna.contexts.egisso.messages.catalogue import BY_KEY
from kazna.contexts.egisso.messages.read import NOBODY
from kazna.contexts.egisso.messages.tables import Row
from kazna.contexts.egisso.messages.write import answer_root, document, to_bytes

MOSCOW = timezone(timedelta(hours=3))  # the newer types want whole seconds and an offset from +02:00 to +12:00
DONE = "3"  # packageStatus: 1 accepted, 2 in work, 3 done


class Said(Protocol):
    """A remark, as the control words it."""

    @property
    def rule_code(self) -> str: ...
    @property
    def severity(self) -> int: ...
    @property
    def message(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One record of the protocol."""

    record_id: str | None
    accepted: bool
    remarks: list[Any]


@dataclass(frozen=True, slots=True)
class Times:
    received_at: datetime
    started_at: datetime
    finished_at: datetime


def protocol(key: str, package_id: str, outcomes: Iterable[Outcome], times: Times, *, counts: tuple[int, int]) -> bytes:
    """Answer to a package that was read through, in the version its sender expects.

    `counts`: records in all and accepted; of a very large package `outcomes` are only those with remarks.
    """
    root = answer_root(key)
    records, (number, good) = list(outcomes), counts
    result: dict[str, Any] = {
        "packageID": package_id, "packageId": package_id, "packageType": BY_KEY[key].title[:50],
        "packageStatus": DONE, "receivingTime": moment(times.received_at),
        "startProcessTime": moment(times.started_at), "finishProcessTime": moment(times.finished_at),
        "recordNum": number,
    }  # fmt: skip
    if good:  # the type is a positive number: nothing accepted is said by leaving it out
        result["recordNumSuccess"] = good
    if records:
        result["errorRecords"] = {"recordResult": [_record(one) for one in records]}
    return _answer(root, {"packageResult": result})


def refusal(key: str, remarks: Iterable[Said], times: Times) -> bytes:
    """Answer to a message that was refused as a whole."""
    errors = [
        {"code": said.rule_code, "message": said.message[:200], "time": moment(times.finished_at)} for said in remarks
    ]
    result = {
        "receivingTime": moment(times.received_at), "processingTime": moment(times.finished_at),
        "errors": {"error": errors},
    }  # fmt: skip
    return _answer(answer_root(key), {"messageResult": result})


def _answer(root: Row, values: dict[str, Any]) -> bytes:
    assert root.block is not None
    inside = {"protocol": values} if "protocol" in root.block.by_name else values
    return to_bytes(document(root, inside))


def _record(one: Outcome) -> dict[str, Any]:
    record: dict[str, Any] = {"recID": one.record_id or NOBODY, "recId": one.record_id or NOBODY}
    record["recordOK"] = one.accepted
    if one.remarks:
        record["messages"] = [
            {"messageType": said.severity, "ruleCode": said.rule_code, "report": said.message} for said in one.remarks
        ]
    return record


def moment(when: datetime) -> str:
    return when.astimezone(MOSCOW).isoformat(timespec="seconds")


def read_protocol(payload: bytes) -> list[tuple[str, bool, list[tuple[str, str]]]]:
    """(record id, accepted, [(messageType, ruleCode)]) of an official answer; for comparing."""
    root = etree.fromstring(payload, etree.XMLParser(resolve_entities=False, no_network=True))
    found = []
    for result in root.iter("{*}recordResult"):
        texts = {etree.QName(child).localname: (child.text or "").strip() for child in result}
        said = [
            (message.findtext("{*}messageType", "").strip(), message.findtext("{*}ruleCode", "").strip())
            for message in result.iterfind("{*}messages")
        ]
        found.append((texts.get("recID") or texts.get("recId") or "", texts.get("recordOK") == "true", said))
    return found
