"""What the state knows about me, from whom, and who has looked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.audit import public as audit
from kazna.contexts.registers import public as registers
from kazna.web.citizen.own import me
from kazna.web.paging import number, page_of
from kazna.web.powers import allow

LOOKS_PER_PAGE = 30


@require_safe
@allow("citizen")
def data(request: HttpRequest) -> HttpResponse:
    """All facts in force or past, newest first, with their holders."""
    person_id = me(request)
    return render(
        request,
        "citizen/data.html",
        {"card": registers.cards([person_id])[person_id], "timeline": registers.timeline(person_id)},
    )


@require_safe
@allow("citizen")
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at my data and why; my own acts are in the list too."""
    page = page_of(
        request,
        lambda before: audit.looks_at(me(request), limit=LOOKS_PER_PAGE + 1, before=before),
        key=lambda entry: str(entry.seq),
        parse=number,
        size=LOOKS_PER_PAGE,
    )
    return render(request, "citizen/looks.html", {"page": page})
