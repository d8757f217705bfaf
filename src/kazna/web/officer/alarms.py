"""Refused sign-ins: the provider and the register tell of one СНИЛС differently."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.identity import public as identity
from kazna.contexts.registers import public as registers
from kazna.web.journal import note_act
from kazna.web.paging import number, page_of
from kazna.web.powers import allow

PER_PAGE = 20


@require_safe
@allow("officer")
def alarms(request: HttpRequest) -> HttpResponse:
    """Open alarms of the officer's territory, the newest first."""
    page = page_of(
        request,
        lambda before: identity.alarms(limit=PER_PAGE + 1, before=before),
        key=lambda alarm: str(alarm.number),
        parse=number,
        size=PER_PAGE,
    )
    people = registers.cards([alarm.person_id for alarm in page.rows])
    for alarm in page.rows:
        note_act(request, "look", person_id=alarm.person_id, purpose="Разбор отклонённого входа")
    return render(request, "officer/alarms.html", {"page": page, "people": people})


@require_POST
@allow("officer")
def settle(request: HttpRequest, alarm_number: int) -> HttpResponse:
    """The officer has looked into it; a second click changes nothing."""
    if identity.settle_alarm(number=alarm_number, by=request.viewer.login, now=timezone.now()):
        note_act(request, "settle_alarm", thing=alarm_number)
    return redirect("work_alarms")
