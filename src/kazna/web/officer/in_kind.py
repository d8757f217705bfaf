"""Help in kind: goods, services and privileges that wait to be given by a document."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_act, note_look
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def provisions(request: HttpRequest) -> HttpResponse:
    """`?given=1` those given; on POST one is given."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            _give(request)
        except DomainError as refusal:
            problem, status = str(refusal), 409
        else:
            return redirect("work_in_kind")
    given = request.GET.get("given") == "1"
    page = page_of(
        request,
        lambda after: payments.plans.provisions(given=given, limit=PER_PAGE + 1, after=after, body=request.viewer.body),
        key=lambda one: f"{one.first_day}_{one.award_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    cards = registers.cards({one.recipient_id for one in page.rows})
    for person_id in cards:
        note_look(request, person_id, "Список помощи в натуре")
    context = {"page": page, "cards": cards, "given": given, "problem": problem, "title_of": measure_title}
    return render(request, "officer/money/in_kind.html", context, status=status)


def _give(request: HttpRequest) -> None:
    document = request.POST.get("document", "").strip()
    if not document:
        raise payments.ProvisionRefused(reason="назовите документ о выдаче: номер и дату")
    try:
        award_id = UUID(request.POST.get("award", ""))
    except ValueError:
        raise payments.ProvisionRefused(reason="такого назначения нет") from None
    payments.give_in_kind(award_id=award_id, document=document, on=clock.today())
    note_act(request, "in_kind", thing=award_id, purpose=document)
