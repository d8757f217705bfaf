"""Documents put aside with readable reasons; a corrected one is put in place."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.integration import public as integration
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act
from kazna.web.officer.forms import ResubmitForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import number, page_of
from kazna.web.powers import allow


@require_safe
@allow("officer")
def quarantine(request: HttpRequest) -> HttpResponse:
    """The oldest first."""
    page = page_of(
        request,
        lambda after: integration.quarantined(after=after or 0, limit=PER_PAGE + 1),
        key=lambda document: str(document.number),
        parse=number,
        size=PER_PAGE,
    )
    return render(request, "officer/quarantine.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What is wrong, where, why, what to do; on POST a corrected file or another try of the stored one."""
    found = integration.document(document_id=document_id)
    again = request.POST.get("again") == "yes"
    form, status = ResubmitForm(request.POST or None, request.FILES or None), 200
    receipts: list[registers.Receipt] = []
    if request.method == "POST":
        if again:
            form = ResubmitForm()
        status = 422
        if again or form.is_valid():
            try:
                receipts = _resubmit(request, document_id, None if again else form.cleaned_data["document"])
                return render(request, "officer/resubmitted.html", {"document": found, "receipts": receipts})
            except DomainError as refusal:
                form = form if form.is_bound else ResubmitForm(request.POST, request.FILES)
                form.errors.clear()
                form.add_error(None, str(refusal))
                status = 409
    note_act(request, "look", thing=document_id, purpose="Документ в карантине")
    return render(request, "officer/document.html", {"document": found, "form": form}, status=status)


def _resubmit(request: HttpRequest, document_id: UUID, upload: object) -> list[registers.Receipt]:
    receipts = registers.take_in_again(
        document_id=document_id,
        payload=upload.read() if upload else None,
        file_name=upload.name if upload else "",
        on=clock.today(),
        received_at=timezone.now(),
    )
    note_act(
        request, "resubmit", thing=document_id, purpose="Исправленный документ" if upload else "Повторная проверка"
    )
    return receipts
