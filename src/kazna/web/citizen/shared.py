"""«Кому переданы мои данные»: who received what and why; consents, given and taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.disclosure import public as disclosure
from kazna.plumbing import clock
from kazna.web.citizen.own import me
from kazna.web.journal import note_act
from kazna.web.paging import number, page_of
from kazna.web.powers import allow

PER_PAGE = 20


@require_safe
@allow("citizen")
def shared(request: HttpRequest) -> HttpResponse:
    """Both lists, the newest first."""
    person_id = me(request)
    page = page_of(
        request,
        lambda before: disclosure.disclosed_about(person_id, limit=PER_PAGE + 1, before=before),
        key=lambda row: str(row.number),
        parse=number,
        size=PER_PAGE,
    )
    consents = disclosure.consents_of(person_id, on=clock.today())
    return render(request, "citizen/shared.html", {"page": page, "consents": consents})


@require_POST
@allow("citizen")
def consent(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Give it, or take it back."""
    now, person_id = timezone.now(), me(request)
    if request.POST.get("answer") == "give":
        disclosure.give_consent(agreement_id=agreement_id, person_id=person_id, on=clock.today(), now=now)
        note_act(request, "consent", person_id=person_id, thing=agreement_id, purpose="Согласие на передачу сведений")
    else:
        disclosure.withdraw_consent(agreement_id=agreement_id, person_id=person_id, now=now)
        note_act(request, "consent", person_id=person_id, thing=agreement_id, purpose="Согласие отозвано")
    return redirect("my_shared")
