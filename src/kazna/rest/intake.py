"""Agencies hand over messages and read what of theirs waits in quarantine."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kazna.contexts.integration import public as integration
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.access import acting_as
from kazna.rest.agencies import calling_agency
from kazna.rest.answers import answer, key_refused, refusal

PAGE = 50


@csrf_exempt
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """POST /intake/: one document or a zip of them in the body.

    Answers 200 with a status and remarks per document, 401 for a wrong key, 413 for a body too large.
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
    with acting_as(agency):
        receipts = registers.take_in(
            payload=payload,
            agency=agency.login,
            file_name=unquote(request.headers.get("X-File-Name", "")),
            content_type=request.content_type or "",
            on=clock.today(),
            received_at=received_at,
            in_reply_to=_question(request),
        )
    return answer({"documents": [_receipt(one) for one in receipts]})


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


def _receipt(receipt: registers.Receipt) -> dict[str, Any]:
    return {
        "digest": receipt.digest,
        "file": receipt.file,
        "kind": receipt.kind,
        "status": receipt.status,
        "remarks": list(receipt.remarks),
    }


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
