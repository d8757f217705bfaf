"""Send queued questions to their agencies; what fails is tried later, ever more rarely."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kazna.contexts.integration.contracts import SendReport
from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.models import AgencyRequest
from kazna.contexts.integration.smev.channel import agencies
from kazna.contexts.integration.smev.send import send

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 20
TIMEOUT_SECONDS = 10.0
BATCH = 200
Status = AgencyRequest.Status


def send_requests(*, client: httpx.Client | None = None) -> SendReport:
    """See `public.send_requests`. Keeps its own transactions: nothing is locked while an agency answers."""
    sent = failed = 0
    by_smev = agencies()
    while batch := _take():
        for request in batch:
            is_sent = send(request, client) if request.agency in by_smev else _send_plainly(request, client)
            sent, failed = sent + is_sent, failed + (not is_sent)
    waiting = AgencyRequest.objects.filter(status=Status.QUEUED).count()
    return SendReport(sent=sent, failed=failed, waiting=waiting)


@cache
def agencies_client() -> httpx.Client:
    """One client of the process: making it reads all certificates, its connections are used again."""
    return httpx.Client(timeout=TIMEOUT_SECONDS)


def try_all_again() -> None:
    """Let every queued question be taken now, whatever its pause or lease: agencies know a repeated one by its id."""
    AgencyRequest.objects.filter(status=Status.QUEUED).update(next_try_at=timezone.now())


@transaction.atomic
def _take() -> list[AgencyRequest]:
    """Queued requests whose time has come; the lease keeps other workers off and outlives a crash."""
    now = timezone.now()
    batch = list(
        AgencyRequest.objects.select_for_update(skip_locked=True)
        .filter(status=Status.QUEUED, next_try_at__lte=now)
        .order_by("next_try_at", "id")[:BATCH]
    )
    AgencyRequest.objects.filter(id__in=[one.id for one in batch]).update(next_try_at=now + LEASE)
    return batch


class _Refused(Exception):
    """The agency says our message is wrong: sending it again would not help."""


def _send_plainly(request: AgencyRequest, client: httpx.Client | None) -> bool:
    trouble = _post(client or agencies_client(), request)
    _note(request, trouble)
    return trouble is None


def _post(client: httpx.Client, request: AgencyRequest) -> Exception | None:
    base = settings.KAZNA_AGENCY_URLS.get(request.agency, "")
    if not base:
        return ValueError("адрес ведомства не задан")
    try:
        answer = client.post(
            base.rstrip("/") + TOPICS[request.agency, request.topic].path,
            content=bytes(request.payload),
            headers={"Content-Type": "application/xml", "X-Request-Id": str(request.id)},
        )
    except httpx.HTTPError as problem:
        return problem
    if answer.is_success:
        return None
    trouble = f"ответ {answer.status_code}"
    return _Refused(trouble) if answer.status_code in (400, 413, 422) else ValueError(trouble)


def _note(request: AgencyRequest, trouble: Exception | None) -> None:
    """Record the outcome; an answer that came meanwhile is not overwritten."""
    now = timezone.now()
    row = AgencyRequest.objects.filter(id=request.id, status=Status.QUEUED)
    attempts = request.attempts + 1
    if trouble is None:
        row.update(status=Status.SENT, sent_at=now, attempts=attempts, last_error="")
        return
    is_over = isinstance(trouble, _Refused) or attempts >= MOST_ATTEMPTS
    wait = min(timedelta(seconds=2**attempts), LONGEST_WAIT)
    row.update(
        status=Status.FAILED if is_over else Status.QUEUED,
        attempts=attempts,
        next_try_at=now + wait,
        last_error=f"{type(trouble).__name__}: {trouble}"[:300],
    )
