"""The post: what it brings on which day; and money asked back from banks after a death."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.kernel.periods import month_start
from kazna.plumbing import clock
from kazna.web.journal import note_look
from kazna.web.officer import figures
from kazna.web.powers import allow


@require_safe
@allow("officer")
def plan(request: HttpRequest) -> HttpResponse:
    """The delivery plan of a month, `?month=2026-03`."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = month_start(clock.today())
    told = figures.post.get(request.viewer.body, f"{month:%Y-%m}")
    rows = (
        [payments.plans.PostDay(**{**one, "day": date.fromisoformat(one["day"])}) for one in told.figures]
        if told
        else []
    )
    total = sum(row.kopecks for row in rows)
    context = {"rows": rows, "month": month, "total": total, "counted_at": told and told.counted_at}
    return render(request, "officer/money/post.html", context)


@require_safe
@allow("officer")
def recalls(request: HttpRequest) -> HttpResponse:
    """What was asked back and whether it came."""
    rows = payments.plans.recalls(body=request.viewer.body)
    cards = registers.cards({row.recipient_id for row in rows})
    for person_id in cards:
        note_look(request, person_id, "Список отзывов после смерти")
    return render(request, "officer/money/recalls.html", {"rows": rows, "cards": cards})
