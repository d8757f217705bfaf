"""Batches of reconsideration: indexations, and laws that came late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.web.powers import allow


@require_safe
@allow("officer")
def recounts(request: HttpRequest) -> HttpResponse:
    """What was counted anew, why, and what it came to for the awards of the officer's body."""
    titles = {card.measure: card.short_title for card in measures.measures_list()}
    told = {"runs": cases.recounts.batches(), "looks": cases.recounts.law_looks(), "titles": titles}
    return render(request, "officer/recounts.html", told)
