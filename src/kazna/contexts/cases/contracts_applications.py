"""What an application is to those who ask: its view, its receipt, and why it was not taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of an application; `kind` is what its bytes are."""

    attachment_id: UUID
    name: str
    kind: str
    size: int
    sha256: str
    scan: str


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application. `answers`: question → what was typed. `version` grows with every change.

    `relation`: self, parent or guardian of the recipient. `case_id`: the case that came of it.
    """

    application_id: UUID
    number: str | None
    measure: str
    recipient_id: UUID
    subject_id: UUID
    filed_by: UUID
    relation: str
    channel: str
    last_channel: str
    state: str
    answers: Mapping[str, str]
    version: int
    started_on: date
    filed_on: date | None
    withdrawn_on: date | None
    case_id: UUID | None
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    """That the viewer once filed an application for somebody whom the viewer represents no more; nothing else of it."""

    number: str
    filed_on: date
    channel: str


class ApplicationNotFound(DomainError):
    sentence = "Такого заявления нет или оно вам недоступно."


class ApplicationChanged(DomainError):
    sentence = "Заявление изменили на другом устройстве или в другом окне. Обновите страницу: ответы сохранены."


class ApplicationNotOpen(DomainError):
    sentence = "Заявление уже подано или отозвано: изменить его нельзя."


class ApplicationNotReady(DomainError):
    sentence = "Осталось ответить на вопросы: {questions}."


class AlreadyApplied(DomainError):
    sentence = "По этой мере заявление уже рассматривается. Второе подавать не нужно."


class NotRepresentative(DomainError):
    sentence = (
        "В реестре нет сведений, что вы родитель или опекун этого человека. Подать за него может его представитель."
    )


class MeasureNotOpen(DomainError):
    sentence = "По этой мере заявления не принимаются{why}."


class WithdrawalTooLate(DomainError):
    sentence = "Решение уже принято: отозвать заявление нельзя. Если вы передумали, откажитесь от выплаты в ведомстве."


class KeyReused(DomainError):
    sentence = "Ключ идемпотентности уже использован с другим содержанием. Возьмите новый ключ."


class FileRefused(DomainError):
    sentence = "Файл «{name}» не принят: {why}. {do}"
