"""The decision page of a measure, and – for a citizen who has signed in – what it says of him."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.plumbing import clock
from kazna.web.citizen.own import me
from kazna.web.kept_pages import kept_for_strangers
from kazna.web.powers import open_to_all
from kazna.web.support.region import region_of, regions, remember_region
from kazna.web.support.search import leaflets


@require_safe
@open_to_all
@kept_for_strangers
def measure(request: HttpRequest, measure_id: str) -> HttpResponse:
    """What happens by itself, what you confirm, terms, sums, what is known already; all from the law's document."""
    region = region_of(request)
    try:
        leaflet = measures.leaflet(measure=measure_id, region=region, on=clock.today())
    except measures.NoEdition:
        raise Http404 from None
    related = {one.measure: one.short_title for _, names in leaflet.related for one in leaflets(names, "")}
    context = {
        "leaflet": leaflet,
        "region": region,
        "regions": regions(),
        "related": related,
        "has_calculator": measure_id in measures.calculators(),
        "mine": _mine(request, measure_id),
    }
    return remember_region(request, render(request, "support/measure.html", context))


def _mine(request: HttpRequest, measure_id: str) -> list[measures.Right]:
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.role != "citizen":
        return []
    return [right for right in measures.rights_of(me(request)) if right.measure == measure_id]
