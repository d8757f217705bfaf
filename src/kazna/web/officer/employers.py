"""Employers: a list by name or number, and one with its branches and history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.employers import public as door
from kazna.plumbing import clock
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import page_of
from kazna.web.powers import allow

LONGEST = 200


@require_safe
@allow("officer")
def employers(request: HttpRequest) -> HttpResponse:
    """Public registers: the search is not a look at a person. `now`: only those registered today."""
    words, is_now = request.GET.get("q", "")[:LONGEST], request.GET.get("now") == "1"

    def read(after: tuple[str, str] | None) -> list[door.EmployerRow]:
        return door.find(words, registered_on=clock.today() if is_now else None, limit=PER_PAGE + 1, after=after)

    page = page_of(request, read, key=lambda row: f"{row.ogrn}_{row.sort_key}", parse=_key, size=PER_PAGE)
    return render(request, "officer/employers.html", {"page": page, "q": words, "now": is_now})


@require_safe
@allow("officer")
def employer(request: HttpRequest, ogrn: str) -> HttpResponse:
    """As the newest extract tells; earlier ones below."""
    history = door.history(ogrn)
    if not history:
        raise Http404
    return render(request, "officer/employer.html", {"employer": history[0].record, "history": history})


def _key(text: str) -> tuple[str, str]:
    """«1027700132195_сбербанк». Raises ValueError."""
    ogrn, underscore, key = text.partition("_")
    if not underscore or "\0" in text:
        raise ValueError(text)
    return key, ogrn
