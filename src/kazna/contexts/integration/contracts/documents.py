"""A received document: what it is, what was read from it, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from kazna.contexts.integration.contracts.baseline import Baseline
from kazna.contexts.integration.contracts.statements import Statement
from kazna.contexts.integration.remarks import Remark


class Kind(StrEnum):
    """What a document is about."""

    BIRTH = "birth"
    DEATH = "death"
    NAME_CHANGE = "name_change"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    PATERNITY = "paternity"
    CIVIL_ACT_ANSWER = "civil_act_answer"
    DISABILITY = "disability"
    INCOME_ANSWER = "income_answer"
    UNEMPLOYMENT_ANSWER = "unemployment_answer"
    YEAR_INCOME_ANSWER = "year_income_answer"
    PAYMENTS_ANSWER = "payments_answer"
    REGISTRATION_ANSWER = "registration_answer"
    VEHICLES_ANSWER = "vehicles_answer"
    REALTY_ANSWER = "realty_answer"
    STATE_ANSWER = "state_answer"
    FIGURES_ANSWER = "figures_answer"
    PUSHED = "pushed"
    SERVICE = "service"
    IMPRISONMENT = "imprisonment"
    STUDIES = "studies"
    PREGNANCY = "pregnancy"
    DELIVERY = "delivery"
    LARGE_FAMILIES = "large_families"
    GUARDIANSHIP = "guardianship"
    EMPLOYMENT = "employment"
    NEWBORN_SNILS = "newborn_snils"
    RESIDENCE = "residence"
    CREDIT_STATEMENT = "credit_statement"
    CITIZEN_ACT = "citizen_act"
    BASELINE = "baseline"
    UNKNOWN = "unknown"

    @property
    def is_answer(self) -> bool:
        """Speaks of the person our question was about, and of nobody unless we asked.

        The acts it retells were claimed by the messages that pushed them; an answer claims none.
        """
        return self.value.endswith("_answer")

    @property
    def may_answer(self) -> bool:
        """An answer, or an extract that is pushed as well and answers when its envelope says so."""
        return self.is_answer or self in (Kind.DISABILITY, Kind.LARGE_FAMILIES)


class DocumentStatus(StrEnum):
    """received → accepted | quarantined; quarantined → resubmitted by a corrected document.

    A duplicate changes nothing: its bytes, or the edition of the act it carries, are known already.
    """

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    RESUBMITTED = "resubmitted"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document as read, checked and stored.

    Only a document with status RECEIVED carries statements to be recorded; it is then settled by
    `accept` or `quarantine`. Remarks that are not refusals may stand beside any status.
    `in_reply_to`: our question by the envelope, for answers that do not repeat its number.
    """

    document_id: UUID
    digest: str
    file_name: str
    agency: str
    kind: Kind
    status: DocumentStatus
    received_at: datetime
    reported_on: date | None = None
    statements: tuple[Statement, ...] = ()
    baseline: Baseline | None = None
    remarks: tuple[Remark, ...] = field(default=())
    in_reply_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A stored document as officers and the monitor see it; `payload` is the raw bytes when asked for and kept."""

    number: int
    document_id: UUID
    digest: str
    file_name: str
    agency: str
    kind: Kind
    status: DocumentStatus
    act: str
    size_bytes: int
    operating_day: date
    received_at: datetime
    settled_at: datetime | None
    replaces: UUID | None
    remarks: tuple[Remark, ...]
    payload: bytes | None = None

    def plain(self) -> dict[str, Any]:
        """JSON-able form without the raw bytes."""
        return {
            "document": str(self.document_id),
            "digest": self.digest,
            "file": self.file_name,
            "agency": self.agency,
            "kind": self.kind.value,
            "status": self.status.value,
            "act": self.act,
            "size_bytes": self.size_bytes,
            "operating_day": self.operating_day.isoformat(),
            "received_at": self.received_at.isoformat(),
            "replaces": str(self.replaces) if self.replaces else None,
            "remarks": [one.plain() for one in self.remarks],
        }
