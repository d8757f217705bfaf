"""Find which of our questions an answer answers, and close them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.integration.actions.ask_agencies import asked
from kazna.contexts.integration.contracts import (
    AskedQuestion,
    IncomeAnswered,
    ReadDocument,
    UnemploymentAnswered,
)
from kazna.contexts.integration.models import AgencyRequest

Status = AgencyRequest.Status


@transaction.atomic
def match_answers(*, documents: Sequence[ReadDocument], on: date) -> dict[UUID, AskedQuestion]:
    """See `public.match_answers`."""
    keys = {one.document_id: key for one in documents if (key := _correlation(one))}
    rows = AgencyRequest.objects.filter(correlation__in={key for _, key in keys.values()}).defer("payload")
    by_key = {(row.agency, row.correlation): row for row in rows.order_by("asked_on")}
    matched: dict[UUID, AskedQuestion] = {}
    for document_id, key in keys.items():
        if row := by_key.get(key):
            row.status, row.answered_on, row.answer_id = Status.ANSWERED, on, document_id
            matched[document_id] = asked(row)
    AgencyRequest.objects.bulk_update(
        {matched[one].request_id: by_key[keys[one]] for one in matched}.values(),
        ["status", "answered_on", "answer_id"],
        batch_size=500,
    )
    return matched


def _correlation(document: ReadDocument) -> tuple[str, str] | None:
    """(agency, key) of the question; answers come one to a document."""
    for statement in document.statements:
        if isinstance(statement, IncomeAnswered) and statement.request_id:
            return "fns", statement.request_id
        if isinstance(statement, UnemploymentAnswered):
            return "szn", f"{statement.snils}/{statement.asked_on}"
    return None
