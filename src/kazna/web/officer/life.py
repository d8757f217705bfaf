"""A life as a timeline: what was so on a day, and what we knew of it at a moment."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.registers import public as registers
from kazna.web.journal import note_look
from kazna.web.officer.forms import LifeForm
from kazna.web.officer.people import purpose
from kazna.web.officer.settings import LIFE_PER_PAGE
from kazna.web.paging import number, page_of
from kazna.web.powers import allow


@require_safe
@allow("officer")
def life(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Statements with sources, corrections and conflicts; filters go with the address, so a view can be kept."""
    card = registers.cards([person_id]).get(person_id)
    if card is None:
        raise Http404
    note_look(request, person_id, purpose(request.GET.get("why", "")))
    kinds = registers.kinds_of_life(person_id)
    form = LifeForm(request.GET, kinds=kinds)
    chosen = form.cleaned_data if form.is_valid() else {}

    def read(after: tuple[date, int] | None) -> list[registers.LifeEntry]:
        return registers.life(
            person_id,
            on=chosen.get("on"),
            known_at=chosen.get("known"),
            kinds=[chosen["kind"]] if chosen.get("kind") else None,
            with_corrected=not chosen.get("current"),
            limit=LIFE_PER_PAGE + 1,
            after=after,
        )

    def key(entry: registers.LifeEntry) -> str:
        return f"{entry.fact.valid_from}_{entry.fact.seq}"

    page = page_of(request, read, key=key, parse=day_and_number, size=LIFE_PER_PAGE)
    others = {one for entry in page.rows for one in (entry.fact.subject_id, entry.fact.object_id) if one} - {person_id}
    return render(
        request,
        "officer/life.html",
        {
            "card": card, "form": form, "page": page, "people": registers.cards(others), "on": chosen.get("on"),
            "known": chosen.get("known"), "why": request.GET.get("why", ""),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def day_and_number(text: str) -> tuple[date, int]:
    """«2026-02-16_15». Raises ValueError."""
    day, _underscore, seq = text.partition("_")
    return date.fromisoformat(day), number(seq)
