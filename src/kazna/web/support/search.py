"""«Что мне положено»: a line to search by one's own words, and life situations."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.plumbing import clock
from kazna.web.kept_pages import kept_for_strangers
from kazna.web.powers import open_to_all
from kazna.web.support.region import region_of, regions, remember_region

LONGEST = 200
MOST_FOUND = 30


@require_safe
@open_to_all
@kept_for_strangers
def search(request: HttpRequest) -> HttpResponse:
    """Empty: situations and calculators. With words: measures, the best first, of the country and the region."""
    words, region = request.GET.get("q", "").strip()[:LONGEST], region_of(request)
    found = measures.find_measures(words=words) if words else []
    context = {
        "words": words,
        "region": region,
        "regions": regions(),
        "found": leaflets(found, region)[:MOST_FOUND],
        "elsewhere": bool(found) and not region,
        "situations": measures.scenarios(),
        "calculators": leaflets(measures.calculators(), region),
    }
    return remember_region(request, render(request, "support/search.html", context))


@require_safe
@open_to_all
@kept_for_strangers
def situation(request: HttpRequest, situation_id: str) -> HttpResponse:
    """One situation: what comes by itself, what you confirm, what you ask for."""
    chosen = next((one for one in measures.scenarios() if one.id == situation_id), None)
    if chosen is None:
        raise Http404
    region = region_of(request)
    found = [one for one in leaflets(chosen.measures, region) if region or not one.region]
    context = {
        "situation": chosen,
        "region": region,
        "regions": regions(),
        "groups": [(mode, [one for one in found if one.modes[0] in codes]) for mode, codes in GROUPS],
        "with_calculator": set(measures.calculators()),
    }
    return remember_region(request, render(request, "support/situation.html", context))


GROUPS = (
    ("itself", ("proactive_decision", "employer_proactive")),
    ("confirm", ("proactive_notice",)),
    ("ask", ("application",)),
)


def leaflets(found: Iterable[str], region: str) -> list[measures.Leaflet]:
    """Of measures in force today for the country and the region; without a region, of all regions."""
    shown = []
    for measure in found:
        try:
            leaflet = measures.leaflet(measure=measure, region=region, on=clock.today())
        except measures.NoEdition:
            continue
        if not region or not leaflet.region or leaflet.region == region:
            shown.append(leaflet)
    return shown
