"""The region a visitor looks from: named in the address, else remembered on the device, else the citizen's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.web.display import YEAR_SECONDS

COOKIE = "kazna_region"
FACT = "person.region"


def regions() -> dict[str, str]:
    """Code → name, by name."""
    labels = measures.law_in_force().facts[FACT].labels
    return dict(sorted(labels.items(), key=lambda pair: pair[1].replace("ё", "е")))


def region_of(request: HttpRequest) -> str:
    """A code, «» when not chosen."""
    chosen = request.GET.get("region", request.COOKIES.get(COOKIE, ""))
    if chosen in regions():
        return chosen
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.role != "citizen" or "region" in request.GET:
        return ""
    card = registers.cards(viewer.person_ids[:1]).get(viewer.person_ids[0])
    return card.territory if card and card.territory in regions() else ""


def remember_region(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what was chosen in the address."""
    if request.GET.get("region") in regions():
        response.set_cookie(COOKIE, request.GET["region"], max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response
