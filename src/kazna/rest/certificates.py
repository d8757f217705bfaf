"""Sellers tell of purchases by certificates and ask for their state, in the messages of ЕГИССО."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kazna.contexts.integration import public as integration
from kazna.contexts.payments import public as payments
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import acting_as
from kazna.rest.agencies import calling_agency
from kazna.rest.answers import key_refused, refusal


@csrf_exempt
@require_POST
def exchange(request: HttpRequest) -> HttpResponse:
    """POST /intake/certificates: 10.39.O with purchases or 10.40.I in the body; the answer is 10.39.O.

    200 when all was taken, 409 when a purchase was refused (those before it stand), 422 for a message not understood.
    """
    received_at = timezone.now()
    agency = calling_agency(request)
    if agency is None:
        return key_refused()
    try:
        told = integration.read_certificate_message(request.body)
    except (integration.CertificateMessageRefused, RequestDataTooBig) as problem:
        return refusal(422, "message_wrong", f"Сообщение не принято: {problem}.", "Сверьте его со схемой ЕГИССО.")
    text, processed, came_back = "Состояние сертификата.", True, False
    with acting_as(agency):
        try:
            for use in told.uses:
                payments.use_certificate(number=told.number, use=use, on=clock.today())
                text, came_back = "Операция принята.", use.kopecks < 0
        except DomainError as problem:
            text, processed = str(problem), False
        state = payments.certificate_state(number=told.number, award_id=told.award_id, on=clock.today())
    if processed and came_back and state is not None and state.is_closed:
        text = "Возврат принят. Сертификат закрыт: деньги вернулись в бюджет, покупать на них нельзя."
    if state is None and processed:
        text, processed = "Сертификат с таким номером не выдавали.", False
    payload = integration.write_certificate_state(
        state, text=text, is_processed=processed, received_at=received_at, now=timezone.now()
    )
    return HttpResponse(payload, content_type="application/xml", status=200 if processed else 409)
