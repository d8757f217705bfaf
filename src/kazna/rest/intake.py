"""Agencies hand over messages, read what became of them and what of theirs waits in quarantine."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kazna.contexts.integration import public as integration
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.access import acting_as
from kazna.rest.agencies import calling_agency
from kazna.rest.answers import answer, key_refused, refusal

PAGE, LATER = 50, "respond-async"


@csrf_exempt
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """POST /intake/: one document or a zip of them in the body.

    Answers 200 with a status and remarks per document, 401 for a wrong key, 413 for a body too large. With
    `Prefer: respond-async` (RFC 7240) answers 202 when the delivery is kept; its protocol is at Location.
    """
    received_at = timezone.now()
    agency = calling_agency(request)
    if agency is None:
        return key_refused()
    try:
        payload = request.body
    except RequestDataTooBig:
        return refusal(
            413, "too_large", f"Посылка больше {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} байт.",
            "Разделите документы на несколько посылок.",
        )  # fmt: skip
    post = {
        "payload": payload,
        "agency": agency.login,
        "file_name": unquote(request.headers.get("X-File-Name", "")),
        "content_type": request.content_type or "",
        "on": clock.today(),
        "received_at": received_at,
        "in_reply_to": _question(request),
    }
    with acting_as(agency):
        if LATER in request.headers.get("Prefer", ""):
            return _kept(integration.keep_delivery(**post))
        receipts = registers.take_in(**post)
    return answer({"documents": [one.line() for one in receipts]})


def _kept(delivery_id: UUID) -> HttpResponse:
    told = answer({"delivery": str(delivery_id), "state": "waiting"}, 202)
    told["Location"] = reverse("intake-delivery", args=[delivery_id])
    told["Preference-Applied"] = LATER
    return told


@require_GET
def delivery(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """GET /intake/deliveries/ID: the protocol of a delivery posted with `Prefer: respond-async`.

    `state` is "waiting" until it is read, then "read" with the same `documents` as an answer at once. 404 for
    another's.
    """
    agency = calling_agency(request)
    if agency is None:
        return key_refused()
    with acting_as(agency):
        kept = integration.kept_delivery(delivery_id=delivery_id, agency=agency.login)
    if kept is None:
        return refusal(404, "delivery_unknown", "Такой посылки от вас нет.", "Возьмите адрес из заголовка Location.")
    state = "waiting" if kept.protocol is None else "read"
    return answer({"delivery": str(delivery_id), "state": state, "documents": kept.protocol or []})


def _question(request: HttpRequest) -> UUID | None:
    """Our question that the header X-In-Reply-To says this answers; a wrong number is no number."""
    try:
        return UUID(request.headers.get("X-In-Reply-To", ""))
    except ValueError:
        return None


@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """GET /intake/quarantine?after=N: the agency's own documents that wait for correction, oldest first.

    `next` is what to pass as `after` for the following page; null on the last one.
    """
    agency = calling_agency(request)
    if agency is None:
        return key_refused()
    after = request.GET.get("after", "0")
    if not after.isdecimal():
        return refusal(422, "after_wrong", "Параметр after — целое число.", "Возьмите его из поля next.")
    with acting_as(agency):
        page = integration.quarantined(after=int(after), limit=PAGE)
    mine = [_waiting(one) for one in page if one.agency == agency.login]
    return answer({"documents": mine, "next": page[-1].number if len(page) == PAGE else None})


def _waiting(document: integration.StoredDocument) -> dict[str, Any]:
    return {
        "number": document.number,
        "digest": document.digest,
        "file": document.file_name,
        "kind": document.kind,
        "act": document.act,
        "received_at": document.received_at.isoformat(),
        "remarks": [one.plain() for one in document.remarks],
    }
