"""Every part of the design system with its states, for those who draw screens and those who check them."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.web.charts import stacked
from kazna.web.powers import open_to_all

TAGS = ("", "good", "warn", "bad")
BARS = [("01.26", 1_850_000, 0), ("02.26", 1_850_000, 0), ("03.26", 1_240_000, 610_000)]


class Sample(forms.Form):
    """Fields as people meet them: empty, filled, wrong."""

    name = forms.CharField(label=_("Имя"), required=False)
    sum = forms.CharField(label=_("Сумма, рублей"), error_messages={"required": _("Введите сумму как 12 513,75")})
    why = forms.CharField(label=_("Обоснование"), required=False)
    place = forms.ChoiceField(label=_("Ваш регион"), choices=[("77", "Москва"), ("66", "Свердловская область")])
    answer = forms.ChoiceField(label=_("Решение"), choices=[("grant", _("Назначить")), ("refuse", _("Отказать"))])
    agreed = forms.BooleanField(label=_("Письма на почту"), required=False)
    paper = forms.CharField(label=_("Файл"), required=False)


@require_safe
@open_to_all
def components(request: HttpRequest) -> HttpResponse:
    """One page, no style of its own."""
    wrong = Sample({"name": "Анна", "sum": "", "place": "00", "answer": "", "agreed": "on"})
    wrong.is_valid()
    rows = [(label, [("paid", paid), ("expected", expected)]) for label, paid, expected in BARS]
    context = {
        "form": Sample(auto_id="plain_%s", initial={"place": "77", "answer": "grant"}),
        "wrong": wrong,
        "tags": TAGS,
        "chart": stacked(rows),
        "first": date(2026, 3, 5),
        "last": date(2027, 3, 4),
    }
    return render(request, "home/components.html", context)
