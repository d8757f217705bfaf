"""Looks into the exchange: questions by state, refused messages, counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from kazna.contexts.integration.contracts import DeliveryShown, RequestShown, SmevCounts
from kazna.contexts.integration.models import AgencyRequest, SmevDelivery, SmevMessage

Status = AgencyRequest.Status
STATES: dict[str, Callable[[date], Q]] = {
    "failed": lambda on: Q(status=Status.FAILED),
    "overdue": lambda on: Q(status__in=[Status.SENT, Status.QUEUED], answer_by__lt=on),
    "waiting": lambda on: Q(status__in=[Status.QUEUED, Status.SENT]),
    "answered": lambda on: Q(status=Status.ANSWERED),
}
TO_LOOK_AT = ("refused", "unasked")


def requests(
    *, state: str, on: date, agency: str | None, after: tuple[date, UUID] | None, limit: int
) -> list[RequestShown]:
    """See `public.requests`."""
    last = SmevMessage.objects.filter(request_id=OuterRef("id")).order_by("-number")
    rows: QuerySet[AgencyRequest] = AgencyRequest.objects.filter(STATES[state](on)).defer("payload")
    if agency:
        rows = rows.filter(agency=agency)
    if after:
        rows = rows.filter(Q(asked_on__gt=after[0]) | Q(asked_on=after[0], id__gt=after[1]))
    rows = rows.annotate(
        message_id=Subquery(last.values("message_id")[:1]), told=Subquery(last.values("told")[:1])
    ).order_by("asked_on", "id")
    return [_shown(row, on) for row in rows[:limit]]


def refused(*, after: int, limit: int) -> list[DeliveryShown]:
    """See `public.refused_messages`."""
    rows = SmevDelivery.objects.filter(outcome__in=TO_LOOK_AT, number__gt=after).order_by("number").defer("envelope")
    return [
        DeliveryShown(
            row.number, row.message_id, row.kind, row.sender, row.outcome, row.reason, row.received_at, row.size_bytes
        )
        for row in rows[:limit]
    ]


def counts(*, on: date) -> SmevCounts:
    """From a function without personal data, so that every role sees the same figures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, number FROM integration_question_states(%s)", [on])
        questions = dict(cursor.fetchall())
        cursor.execute("SELECT outcome, number, unacknowledged FROM integration_smev_delivery_counts")
        deliveries = cursor.fetchall()
    return SmevCounts(
        questions=questions,
        deliveries={outcome: number for outcome, number, _ in deliveries},
        unacknowledged=sum(left for *_, left in deliveries),
    )


def _shown(row: AgencyRequest, on: date) -> RequestShown:
    return RequestShown(
        request_id=row.id,
        agency=row.agency,
        subject_id=row.subject_id,
        about=row.about,
        asked_on=row.asked_on,
        status=row.status,
        is_overdue=row.status in (Status.SENT, Status.QUEUED) and row.answer_by is not None and row.answer_by < on,
        answer_by=row.answer_by,
        attempts=row.attempts,
        times_repeated=row.times_repeated,
        reason=row.last_error,
        message_id=row.message_id,  # type: ignore[attr-defined]
        told=row.told or "",  # type: ignore[attr-defined]
    )
