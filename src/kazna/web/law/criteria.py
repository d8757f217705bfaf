"""The table of the eleven criteria with the reason of each answer."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.plumbing.kept import Kept, Key
from kazna.web.powers import allow

TITLES = {
    "quiz": _("Опрос"), "exchange": _("Межвед сам"), "informing": _("Сообщения"),
    "decision_page": _("Страница решения"),
    "online_payment": _("Оплата"), "electronic_result": _("Электронный результат"), "no_visits": _("Без визитов"),
    "shorter_terms": _("Сроки короче"), "register": _("Реестр решений"), "booking": _("Запись на приём"),
    "automatic": _("Решает сама"),
}  # fmt: skip
SIGNS = {"yes": _("да"), "no": _("нет"), "unknown": _("неясно"), "not_needed": _("не нужно")}


@require_safe
@allow("methodologist")
def criteria(request: HttpRequest) -> HttpResponse:
    """Every measure; figures only, so the reading is done with the powers of the registers, as for the open counts."""
    told = _runs.get()
    runs = {measure: cases.criteria.Run(**one) for measure, one in told.figures.items()} if told else None
    rows = [] if runs is None else cases.criteria.service_criteria(runs=runs)
    context = {"rows": rows, "titles": TITLES, "signs": SIGNS, "counted_at": told and told.counted_at}
    return render(request, "law/criteria.html", context)


def _count(_place: Key) -> dict[str, dict[str, Any]]:
    return {measure: asdict(one) for measure, one in cases.criteria.decision_runs().items()}


_runs = Kept("criteria", _count)  # all decisions are counted
