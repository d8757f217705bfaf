"""Measures for everybody: by words, region, life situation and category; news beside."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.egisso import public as egisso
from kazna.contexts.portal import public as portal
from kazna.plumbing import clock
from kazna.web.egisso.measures import PAGE, _rank_and_id
from kazna.web.paging import page_of
from kazna.web.powers import open_to_all
from kazna.web.safety import same_for_strangers

SITUATIONS = [
    ("ребёнок", _("Рождение и воспитание детей")),
    ("многодетный", _("Многодетная семья")),
    ("инвалидность", _("Инвалидность")),
    ("пенсия", _("Пенсия")),
    ("жильё", _("Жильё и коммунальные услуги")),
    ("безработный", _("Потеря работы")),
    ("кормилец", _("Потеря кормильца")),
]


@require_safe
@open_to_all
@same_for_strangers
def measures(request: HttpRequest) -> HttpResponse:
    """Measures in force on the day."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "region", "situation", "category")}
    page = page_of(
        request,
        lambda after: egisso.local_measures.search(
            words=f"{asked['q']} {asked['situation']}", region=asked["region"], category=asked["category"],
            on=clock.today(), in_force=True, after=after, limit=PAGE + 1,
        ),
        key=lambda row: row.key, parse=_rank_and_id, size=PAGE,
    )  # fmt: skip
    context = {
        "page": page, "asked": asked, "regions": egisso.regions(), "situations": SITUATIONS,
        "categories": egisso.local_measures.choices(clock.today())["category"], "news": portal.news(on=clock.today()),
    }  # fmt: skip
    return render(request, "portal/measures.html", context)


@require_safe
@open_to_all
@same_for_strangers
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """One measure in plain words, with its calculator when a rule stands behind it."""
    found = egisso.local_measures.measure(measure_id)
    if found is None or found.removed_on is not None:
        raise Http404
    context = {"measure": found, "card": found.card, "rule": egisso.rule_of(measure_id)}
    return render(request, "portal/measure.html", context)
