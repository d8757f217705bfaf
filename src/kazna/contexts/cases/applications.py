"""The door of applications: begun, gone on with, filed, taken back, from any channel and by machines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases import queries_applications
from kazna.contexts.cases.actions.file_application import file_application as _file_application
from kazna.contexts.cases.actions.file_application import withdraw_application as _withdraw_application
from kazna.contexts.cases.actions.fill_application import answer_question as _answer_question
from kazna.contexts.cases.actions.fill_application import attach_file as _attach_file
from kazna.contexts.cases.actions.fill_application import remove_file as _remove_file
from kazna.contexts.cases.actions.fill_application import roles_for, roles_of
from kazna.contexts.cases.actions.fill_application import start_application as _start_application
from kazna.contexts.cases.contracts_applications import (
    AlreadyApplied,
    ApplicationChanged,
    ApplicationNotFound,
    ApplicationNotOpen,
    ApplicationNotReady,
    ApplicationView,
    AttachmentView,
    FiledReceipt,
    FileRefused,
    KeyReused,
    MeasureNotOpen,
    NotRepresentative,
    WithdrawalTooLate,
)
from kazna.contexts.cases.models import Application
from kazna.contexts.measures import public as measures
from kazna.events.cause import Cause

__all__ = [
    "AlreadyApplied",
    "ApplicationChanged",
    "ApplicationNotFound",
    "ApplicationNotOpen",
    "ApplicationNotReady",
    "ApplicationView",
    "AttachmentView",
    "FileRefused",
    "FiledReceipt",
    "KeyReused",
    "MeasureNotOpen",
    "NotRepresentative",
    "WithdrawalTooLate",
    "answer",
    "application",
    "attach",
    "attachment",
    "file",
    "of_person",
    "receipts",
    "remove",
    "roles_for",
    "start",
    "take",
    "turn",
    "withdraw",
]


def start(
    *,
    measure: str,
    recipient_id: UUID,
    subject_id: UUID,
    filed_by: UUID,
    channel: str,
    on: date,
    entered_by: str = "",
) -> ApplicationView:
    """Begin an application, or go on with the one begun before in any channel. `entered_by`: an officer's login.

    Raises MeasureNotOpen, NotRepresentative.
    """
    row = _start_application(
        measure=measure, recipient_id=recipient_id, subject_id=subject_id, filed_by=filed_by, channel=channel, on=on,
        entered_by=entered_by,
    )  # fmt: skip
    return queries_applications.view(row)


def turn(*, application_id: UUID, on: date) -> measures.FormTurn:
    """What is left to ask, what was answered, whom we ask ourselves, what it would come to."""
    row = queries_applications.row(application_id)
    return measures.turn_of_form(measure=row.measure, roles=roles_of(row), answers=row.answers, on=on)


def answer(*, application_id: UUID, question: str, answer: str, version: int, channel: str, on: date) -> None:
    """Keep an answer. Raises ApplicationChanged (another window was quicker), ApplicationNotOpen, AnswerError."""
    _answer_question(
        application_id=application_id, question=question, answer=answer, version=version, channel=channel, on=on
    )


def attach(*, application_id: UUID, name: str, content: bytes, channel: str, on: date) -> None:
    """Keep a file with a draft. Raises FileRefused, VirusFound, ScannerSilent, ApplicationNotOpen."""
    _attach_file(application_id=application_id, name=name, content=content, channel=channel, on=on)


def remove(*, application_id: UUID, attachment_id: UUID) -> None:
    """Take a file out of a draft. Raises ApplicationNotOpen."""
    _remove_file(application_id=application_id, attachment_id=attachment_id)


def attachment(*, attachment_id: UUID) -> tuple[AttachmentView, bytes]:
    """A file with its bytes, checked against its digest. Raises ApplicationNotFound, FileLost."""
    return queries_applications.attachment(attachment_id)


def file(*, application_id: UUID, version: int | None, channel: str, on: date, cause: Cause) -> ApplicationView:
    """File it; filed before, it is the same receipt again. Raises ApplicationNotReady, AlreadyApplied, …Changed."""
    row = _file_application(application_id=application_id, version=version, channel=channel, on=on, cause=cause)
    return queries_applications.view(row)


def withdraw(*, application_id: UUID, on: date, cause: Cause) -> ApplicationView:
    """Take an application back while nothing is decided. Raises WithdrawalTooLate."""
    return queries_applications.view(_withdraw_application(application_id=application_id, on=on, cause=cause))


def application(*, application_id: UUID | None = None, number: str = "", sender: str = "") -> ApplicationView:
    """By id or by number; with a `sender` only what this agency sent. Raises ApplicationNotFound."""
    if application_id is None:
        return queries_applications.application_by_number(number, sender)
    return queries_applications.application(application_id)


def of_person(*, person_id: UUID) -> list[ApplicationView]:
    """Of the person as recipient, subject or the one who applied; the newest first."""
    return queries_applications.applications_of(person_id)


def receipts() -> list[FiledReceipt]:
    """What the viewer filed for those whom the viewer represents no more, the newest first: number, day, channel."""
    return queries_applications.receipts()


def take(
    *,
    key: str,
    digest: str,
    measure: str,
    recipient_id: UUID,
    subject_id: UUID,
    filed_by: UUID,
    answers: Mapping[str, str],
    channel: str,
    on: date,
    cause: Cause,
) -> ApplicationView:
    """A whole application from a machine under an idempotency key: sent again, it is the same application.

    Raises KeyReused when the key came with another `digest`, and what the steps of an application raise.
    """
    with transaction.atomic():
        known = Application.objects.filter(key=key).first()
        if known is not None and known.key_sha256 != digest:
            raise KeyReused()
        if known is None:
            known = _start_application(
                measure=measure, recipient_id=recipient_id, subject_id=subject_id, filed_by=filed_by, channel=channel,
                on=on, key=key, key_sha256=digest,
            )  # fmt: skip
            if known.key != key:  # a draft begun elsewhere goes on here
                Application.objects.filter(id=known.id).update(key=key, key_sha256=digest)
            for question, told in answers.items():
                known = _answer_question(
                    application_id=known.id,
                    question=question,
                    answer=told,
                    version=known.version,
                    channel=channel,
                    on=on,
                )
        row = _file_application(application_id=known.id, version=None, channel=channel, on=on, cause=cause)
    return queries_applications.view(row)
