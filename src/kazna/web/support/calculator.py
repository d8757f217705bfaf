"""Calculators: the rules of the law without signing in; the address holds only what was typed, and nobody's name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.plumbing import clock
from kazna.web.kept_pages import kept_for_strangers
from kazna.web.powers import open_to_all
from kazna.web.support.region import region_of
from kazna.web.support.search import leaflets

MANY = 8
YES_NO = [("да", _("Да")), ("нет", _("Нет"))]


@require_safe
@open_to_all
@kept_for_strangers
def calculators(request: HttpRequest) -> HttpResponse:
    """All calculators."""
    return render(request, "support/calculators.html", {"found": leaflets(measures.calculators(), "")})


@require_safe
@open_to_all
@kept_for_strangers
def calculator(request: HttpRequest, measure_id: str) -> HttpResponse:
    """The form, and after it the answer with every step and article; mistakes are named and change nothing."""
    today = clock.today()
    try:
        asked = measures.calculator_questions(measure=measure_id, on=today)
        leaflet = measures.leaflet(measure=measure_id, region="", on=today)
    except (measures.NoCalculator, measures.NoEdition):
        raise Http404 from None
    is_sent = any(one.key in request.GET for one in asked)
    form = _form(asked, request, is_sent)
    reckoning, status = None, 200
    if is_sent:
        typed = {one.key: request.GET.get(one.key, "") for one in asked}
        reckoning = measures.reckon(measure=measure_id, typed=typed, on=today)
        for key, problem in reckoning.problems.items():
            form.add_error(key, problem)
        status = 422 if reckoning.problems else 200
    context = {
        "leaflet": leaflet,
        "asked": asked,
        "form": form,
        "shapes": {one.key: _shape(one.question) for one in asked},
        "reckoning": reckoning if reckoning and reckoning.state else None,
        "shared": request.build_absolute_uri(),
        "today_reckoned": today,
    }
    return render(request, "support/calculator.html", context, status=status)


def _form(asked: list[measures.Asked], request: HttpRequest, is_sent: bool) -> forms.Form:
    form = forms.Form(request.GET if is_sent else None, initial={"q1": ""})
    for one in asked:
        form.fields[one.key] = forms.CharField(label=one.question.text, required=False)
        form.fields[one.key].choices = _choices(one.question)
        if one.question.kind == "residence" and not is_sent:
            form.initial[one.key] = region_of(request)
    form.is_valid()
    return form


def _choices(question: Any) -> list[tuple[str, Any]]:
    if question.type == "yes_no":
        return YES_NO
    choices = list(question.choices)
    if len(choices) > MANY:
        return [("", "—"), *sorted(choices, key=lambda pair: pair[1].replace("ё", "е"))]
    return choices


def _shape(question: Any) -> str:
    """How the question is drawn."""
    if question.type in ("yes_no", "choice"):
        return "select" if len(question.choices) > MANY else "radios"
    return "digits" if question.type in ("whole", "number", "money") else "text"
