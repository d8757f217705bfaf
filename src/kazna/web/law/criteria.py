"""The table of the eleven criteria with the reason of each answer."""

from contextlib import nullcontext
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.plumbing import clock
from kazna.plumbing.kept import KeptBy
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
    rows = _rows.get(clock.today())
    return render(request, "law/criteria.html", {"rows": rows, "titles": TITLES, "signs": SIGNS})


def _count(day: date) -> list[cases.criteria.ServiceCriteria]:
    return cases.criteria.service_criteria(on=day)


_rows = KeptBy(_count, within=lambda _day: nullcontext())  # all decisions are counted
