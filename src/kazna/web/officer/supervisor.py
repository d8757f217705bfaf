"""The supervisor's day: who has how much, what is late, what came back, which decisions deserve a second look."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kazna.contexts.administration import public as administration
from kazna.contexts.cases import public as cases
from kazna.contexts.identity import public as identity
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.journal import note_look
from kazna.web.officer import figures
from kazna.web.powers import allow

SHOWN = 10


@require_safe
@allow("officer", duty="supervise")
def department(request: HttpRequest) -> HttpResponse:
    """Load, terms at risk, appeals, returned payments, handovers; redistribution starts here."""
    viewer, today = request.viewer, clock.today()
    colleagues = {one.login: one.shown_name or one.login for one in identity.staff(body=viewer.body)}
    told = figures.of_queue(viewer)
    loads = told.loads
    idle = [
        cases.workplace.Load(login, 0, 0, 0, None, 0, 0)
        for login in colleagues
        if login not in {one.login for one in loads}
    ]
    at_risk = cases.workplace.queue(
        cases.workplace.Wanted(), body=viewer.body, login=viewer.login, on=today, now=timezone.now(), limit=SHOWN
    )
    at_risk = [one for one in at_risk if one.due_on <= today + timedelta(days=3)]
    returned = payments.returned(body=viewer.body, limit=SHOWN)
    appeals = cases.appeals.queue(body=viewer.body, limit=SHOWN)
    people = registers.cards(
        {one.recipient_id for rows in (at_risk, returned, appeals) for one in rows}  # type: ignore[attr-defined]
    )
    return render(
        request,
        "officer/department.html",
        {
            "loads": [*loads, *idle], "names": colleagues, "day": today, "at_risk": at_risk, "returned": returned,
            "appeals": appeals, "people": people, "handovers": cases.workplace.handovers(body=viewer.body),
            "sizes": told.sizes, "counted_at": told.counted_at,
            "bodies": figures.other_bodies(), "most": max([one.waiting for one in loads], default=0),
            "address_of": lambda login: urlencode({"holder": login} if login else {"whose": "free"}),
        },
    )  # fmt: skip


@require_safe
@allow("officer", duty="supervise")
def samples(request: HttpRequest) -> HttpResponse:
    """Decisions drawn for a second look: the same all month, in the share the settings name."""
    percent = administration.setting("sample_percent")
    drawn = cases.workplace.sample(body=request.viewer.body, on=clock.today(), percent=percent)
    for person_id in {one.recipient_id for one in drawn}:
        note_look(request, person_id, "Выборочная проверка решений")
    people = registers.cards({one.recipient_id for one in drawn})
    return render(request, "officer/samples.html", {"drawn": drawn, "percent": percent, "people": people})
