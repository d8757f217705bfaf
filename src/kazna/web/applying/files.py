"""Files of an application: put in, looked at, taken out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.applying.own import channel_of, seen
from kazna.web.applying.precheck import remarks_on
from kazna.web.applying.send import show_check
from kazna.web.powers import allow

MOST = 10 * 1024 * 1024
TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


@require_POST
@allow("citizen", "officer")
def attach(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One file; what is wrong with it comes back on the same page with 422."""
    found = seen(request, application_id)
    file = request.FILES.get("file") or request.FILES.get("photo")
    if file is None:
        return show_check(request, found, "Выберите файл.", 422)
    content = file.read(MOST + 1)
    try:
        cases.applications.attach(
            application_id=application_id,
            name=file.name or "",
            content=content,
            channel=channel_of(request),
            on=clock.today(),
        )
    except DomainError as refusal:
        return show_check(request, found, str(refusal), 422)
    people = registers.cards([found.recipient_id, found.subject_id, found.filed_by])
    surnames = {card.surname for card in people.values()}
    for remark in remarks_on(content, surnames=surnames, on=clock.today()):
        messages.warning(request, f"{(file.name or '')[:80]}: {remark}")
    return redirect("apply_check", application_id=application_id)


@require_safe
@allow("citizen", "officer")
def attachment(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """The file itself, always as a download: it never runs in the page."""
    found = seen(request, application_id)
    if attachment_id not in {one.attachment_id for one in found.attachments}:
        raise Http404
    about, content = cases.applications.attachment(attachment_id=attachment_id)
    response = HttpResponse(content, content_type=TYPES[about.kind])
    response["Content-Disposition"] = f'attachment; filename="file-{attachment_id}.{about.kind}"'
    return response


@require_POST
@allow("citizen", "officer")
def remove(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    seen(request, application_id)
    cases.applications.remove(application_id=application_id, attachment_id=attachment_id)
    return redirect("apply_check", application_id=application_id)
