"""Enforcement documents as a workbook: sums are numbers in roubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _
from openpyxl import Workbook

from kazna.contexts.payments.contracts import WritState
from kazna.contexts.payments.public import WritView
from kazna.contexts.registers.contracts import PersonCard
from kazna.web.officer.workbook import money_cell, plain_text, sheet_of
from kazna.web.words import word


def writs_workbook(found: Sequence[WritView], cards: Mapping[UUID, PersonCard]) -> bytes:
    """One sheet, a row for each document. Text never begins a formula."""
    book = Workbook(write_only=True)
    heads = [_("Должник"), _("Номер"), _("Выдан"), _("Кто выдал"), _("Что взыскивают"), _("Очередь"), _("Взыскатель")]
    sums = [_("Долг"), _("Осталось"), _("Удержано"), _("Перечислено")]
    sheet = sheet_of(book, _("Исполнительные документы"), [*heads, _("Состояние"), *sums])
    for one in found:
        card = cards.get(one.debtor_id)
        words = [card.full_name if card else "", one.number, one.issued_on, one.issued_by, one.claim_title, one.queue,
                 one.creditor_name, word(WritState(one.state), "writ")]  # fmt: skip
        kopecks = [one.debt_kopecks, one.left_kopecks, one.withheld_kopecks, one.paid_kopecks]
        sheet.append(
            [*(plain_text(each) if isinstance(each, str) else each for each in words),
             *(money_cell(sheet, each) for each in kopecks)]
        )  # fmt: skip
    written = BytesIO()
    book.save(written)
    return written.getvalue()
