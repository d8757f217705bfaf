"""The budget: limits against need, spending by day, the forecast; the same as a workbook."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.payments import public as payments
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import measure_title
from kazna.web.charts import stacked
from kazna.web.journal import note_act
from kazna.web.officer.forms import LimitForm
from kazna.web.officer.workbook import budget_workbook
from kazna.web.powers import allow
from kazna.web.typography import month, short_day

DAYS_SHOWN = timedelta(days=30)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@allow("officer")
def money(request: HttpRequest) -> HttpResponse:
    """Figures without personal data."""
    year, measure, today = _year(request), request.GET.get("measure", ""), clock.today()
    lines = payments.budget_lines(year=year)
    months = payments.months_of_budget(year=year, measure=measure)
    days = payments.spending(first=today - DAYS_SHOWN, last=today, measure=measure)
    parts = [
        (
            month(one.month).split()[0][:3],
            (("paid", one.paid_kopecks), ("force", one.in_force_kopecks), ("expected", one.expected_kopecks)),
        )
        for one in months
    ]
    return render(
        request,
        "officer/money/budget.html",
        {
            "year": year,
            "years": [today.year - 1, today.year, today.year + 1],
            "measure": measure,
            "lines": [line for line in lines if measure in ("", line.measure)],
            "measures": sorted({line.measure: measure_title(line.measure) for line in lines}.items()),
            "titles": {line.measure: measure_title(line.measure) for line in lines},
            "months": months,
            "forecast_on": payments.forecast_counted_on(year=year),
            "days": days,
            "of_months": stacked(parts),
            "of_days": stacked([(short_day(day)[:5], (("paid", kopecks),)) for day, kopecks in days]),
        },
    )


@require_safe
@allow("officer")
def export(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook."""
    year, today = _year(request), clock.today()
    response = HttpResponse(
        budget_workbook(
            lines=payments.budget_lines(year=year),
            months=payments.months_of_budget(year=year),
            days=payments.spending(first=date(year, 1, 1), last=today),
            title_of=measure_title,
        ),
        content_type=WORKBOOK,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="budget-{year}.xlsx"'
    note_act(request, "export", purpose=_("Выгрузка бюджета за %(year)s год") % {"year": year})
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def limit(request: HttpRequest) -> HttpResponse:
    """Bring or take away limits by a document; what waited and fits now is let go."""
    year = _year(request)
    names = {line.measure: measure_title(line.measure) for line in payments.budget_lines(year=year)}
    form, status = LimitForm(request.POST or None, initial={"measure": request.GET.get("measure", "")}), 200
    form.fields["measure"].choices = sorted(names.items(), key=lambda item: item[1])
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                payments.change_limit(
                    measure=given["measure"], body=request.viewer.body, year=year, change_kopecks=given["change"],
                    document=given["document"], by=request.viewer.login, on=clock.today(),
                )  # fmt: skip
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                note_act(request, "limit", thing=given["measure"], purpose=given["document"])
                return redirect("work_money")
    return render(request, "officer/money/limit.html", {"form": form, "year": year}, status=status)


@require_safe
@allow("officer")
def registers(request: HttpRequest) -> HttpResponse:
    """Registers to banks with their answers, and lines of statements that matched nothing of ours."""
    found = payments.registers(limit=50)
    return render(
        request,
        "officer/money/registers.html",
        {"registers": found, "lines": payments.quarantined_lines()},
    )


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdigit() and 2000 <= int(text) <= 2100 else clock.today().year
