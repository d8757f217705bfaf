"""Overdue and dead questions: asked anew by themselves so many times, then by a person's click."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from kazna.contexts.integration.models import AgencyRequest
from kazna.contexts.integration.smev.channel import agencies
from kazna.contexts.integration.smev.settle import new_message
from kazna.kernel.errors import DomainError

Status = AgencyRequest.Status
BATCH = 500


class RequestUnknown(DomainError):
    sentence = "Запроса {request_id} нет."


class NotRepeatable(DomainError):
    sentence = "Запрос не повторить: {reason}."


@transaction.atomic
def repeat_overdue(*, on: date, answer_by: date) -> int:
    """See `public.repeat_overdue`."""
    late = AgencyRequest.objects.select_for_update(skip_locked=True).filter(
        status=Status.SENT, answer_by__lt=on, times_repeated__lt=settings.KAZNA_SMEV["repeats"], agency__in=agencies()
    )
    rows = list(late.order_by("answer_by", "id").defer("payload"))
    for row in rows:
        _queue_again(row, answer_by)
        row.times_repeated += 1
        row.last_error = "Ответ не пришёл в срок, спрашиваем заново."
    AgencyRequest.objects.bulk_update(
        rows, ["status", "answer_by", "attempts", "next_try_at", "times_repeated", "last_error"], batch_size=BATCH
    )
    return len(rows)


@transaction.atomic
def retry(*, request_id: UUID, on: date, answer_by: date) -> None:
    """See `public.retry_request`."""
    row = AgencyRequest.objects.select_for_update().filter(id=request_id).first()
    if row is None:
        raise RequestUnknown(request_id=request_id)
    is_overdue = row.status == Status.SENT and row.answer_by is not None and row.answer_by < on
    if row.status != Status.FAILED and not is_overdue:
        raise NotRepeatable(reason="он ещё в работе или уже отвечен")
    if not row.payload:
        raise NotRepeatable(reason="он не был составлен; дополните сведения о человеке, и его зададут заново")
    _queue_again(row, answer_by)
    row.last_error = ""
    try:
        with transaction.atomic():
            row.save(update_fields=["status", "answer_by", "attempts", "next_try_at", "last_error"])
    except IntegrityError as problem:
        raise NotRepeatable(reason="такой же запрос уже задан заново") from problem


def _queue_again(row: AgencyRequest, answer_by: date) -> None:
    """Under a new MessageID: СМЭВ would take the old one for a repetition."""
    now = timezone.now()
    row.status, row.answer_by, row.attempts, row.next_try_at = Status.QUEUED, answer_by, 0, now
    if row.agency in agencies():
        new_message(row, now)
