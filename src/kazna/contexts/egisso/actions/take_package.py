"""Take a package in: check it, record what passed, answer with the protocol; one transaction, repeated without harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.egisso.actions.record_others import record_others
from kazna.contexts.egisso.control.check import CHUNK, PackageCheck, RecordVerdict, check_message
from kazna.contexts.egisso.control.findings import Finding
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.facts.record import Recording, finish_facts, record_facts
from kazna.contexts.egisso.messages.protocol import Outcome, Times, protocol, refusal
from kazna.contexts.egisso.models import Package
from kazna.events.cause import Cause
from kazna.events.egisso import PackageTaken
from kazna.plumbing.outbox import publish

FACT_MESSAGES = ("10.06.S", "10.36.S", "10.16.I")
LONGEST_PROTOCOL = 10_000


@dataclass(slots=True)
class Receipt:
    """How one package was taken. `protocol` is b"" for what is not answered by one (a strange file, a question)."""

    file_name: str
    message: str
    package_id: str
    records: int = 0
    accepted: int = 0
    refusals: list[Finding] = field(default_factory=list)
    rejected: list[RecordVerdict] = field(default_factory=list)
    protocol: bytes = b""

    @property
    def is_refused(self) -> bool:
        return bool(self.refusals)


class _Refused(Exception):
    """Undo what was recorded of a package that turned out to be refused as a whole."""


def take_package(
    source: bytes | Path, *, known: Known, provider: str, on: date, received_at: datetime, file_name: str = ""
) -> Receipt:
    """Check and record one package. Never raises for what it says.

    `known` is the state of the classifiers and registers; a caller with many packages reads it once and again after
    packages that change measures. `provider` is the code of the sender.
    """
    started_at = timezone.now()
    check = check_message(source, known, provider=provider)
    receipt = Receipt(file_name, check.message.key if check.message else "", "")
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            _take(check, source, receipt, outcomes, known, provider, on, received_at, started_at)
    except _Refused:
        pass
    receipt.package_id, receipt.refusals = check.package_id, check.refusals
    if check.refusals:
        receipt.accepted = 0
        if check.message and not check.message.whole:
            times = Times(received_at, started_at, timezone.now())
            receipt.protocol = refusal(check.message.key, check.refusals, times)
    return receipt


def _take(
    check: PackageCheck, source: bytes | Path, receipt: Receipt, outcomes: list[Outcome], known: Known, provider: str,
    on: date, received_at: datetime, started_at: datetime,
) -> None:  # fmt: skip
    to: Recording | None = None
    for chunk in _chunks(check.records):
        if to is None:
            to = _recording(check, known, provider, on, received_at)
        if any(one.action.startswith("fact.") for one in chunk):
            record_facts(chunk, to)
        else:
            record_others(chunk, to)
        receipt.records += len(chunk)
        receipt.accepted += sum(one.accepted for one in chunk)
        receipt.rejected += [one for one in chunk if not one.accepted]
        if receipt.records > LONGEST_PROTOCOL:  # a giant package is answered by its remarks alone
            outcomes[:] = [one for one in outcomes if one.remarks]
            chunk = [one for one in chunk if one.findings]
        outcomes += [Outcome(one.record_id, one.accepted, one.findings) for one in chunk]
    if check.refusals or to is None or check.message is None:
        raise _Refused
    if receipt.message.startswith(FACT_MESSAGES):
        finish_facts(to)
    if not check.message.whole:
        times = Times(received_at, started_at, timezone.now())
        counts = (receipt.records, receipt.accepted)
        receipt.protocol = protocol(check.message.key, check.package_id, outcomes, times, counts=counts)
        _remember(check, source, receipt, to, started_at)
        cause = Cause(None, received_at)
        publish(PackageTaken(to.package_id, provider, receipt.message, *counts, on, cause))


def _recording(check: PackageCheck, known: Known, provider: str, on: date, received_at: datetime) -> Recording:
    """The package's id stands before its records."""
    assert check.message is not None
    package_id = UUID(check.package_id) if _is_uuid(check.package_id) else UUID(int=0)
    return Recording(known, check.message.code, provider, package_id, on, received_at)


def _remember(check: PackageCheck, source: bytes | Path, receipt: Receipt, to: Recording, started_at: datetime) -> None:
    Package.objects.create(
        id=to.package_id, message=receipt.message, provider=to.provider, file_name=receipt.file_name[:200],
        digest=digest(source), received_at=to.received_at, finished_at=timezone.now(), received_on=to.on,
        record_count=receipt.records, accepted_count=receipt.accepted, protocol=receipt.protocol,
    )  # fmt: skip


def digest(source: bytes | Path) -> str:
    if isinstance(source, bytes):
        return sha256(source).hexdigest()
    with source.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _chunks(records: Iterable[RecordVerdict]) -> Iterator[list[RecordVerdict]]:
    rest = iter(records)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
