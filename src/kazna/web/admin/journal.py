"""Search in the journal of acts and looks: who, what, when; people by their numbers only."""

from __future__ import annotations

import csv
from datetime import datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.audit import public as audit
from kazna.web.journal import note_act
from kazna.web.paging import number, page_of
from kazna.web.powers import allow

PER_PAGE, MOST_EXPORTED = 50, 10_000
COLUMNS = ("seq", "recorded_at", "act", "login", "role", "body", "person_id", "screen", "purpose", "thing")


class JournalForm(forms.Form):
    login = forms.CharField(label=_("Логин"), max_length=60, required=False)
    act = forms.CharField(label=_("Действие"), max_length=30, required=False)
    person = forms.UUIDField(
        label=_("Номер человека"), required=False, error_messages={"invalid": _("Номер — из 32 знаков, как в адресе")}
    )
    thing = forms.CharField(label=_("Номер дела, решения, изменения"), max_length=100, required=False)
    since = forms.DateField(
        label=_("С какого дня"), required=False, error_messages={"invalid": _("Введите день как 05.03.2026")},
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip
    until = forms.DateField(
        label=_("По какой день"), required=False, error_messages={"invalid": _("Введите день как 05.03.2026")},
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip


@require_safe
@allow("administrator")
def journal(request: HttpRequest) -> HttpResponse:
    """The newest first, by key; `?format=csv` as a file. The search itself is written down."""
    form = JournalForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = {
        "login": given.get("login", ""), "act": given.get("act", ""), "person_id": given.get("person"),
        "thing": given.get("thing", ""), "since": _start(given.get("since")),
        "until": _start(given.get("until"), later=1),
    }  # fmt: skip
    if any(wanted.values()):
        told = ", ".join(f"{name}: {value}" for name, value in given.items() if value)
        note_act(request, "search", person_id=given.get("person"), purpose=f"Поиск в журнале: {told}")
    if request.GET.get("format") == "csv":
        return _csv(audit.entries(limit=MOST_EXPORTED, **wanted))
    page = page_of(
        request,
        lambda before: audit.entries(limit=PER_PAGE + 1, before=before, **wanted),
        key=lambda row: str(row.seq),
        parse=number,
        size=PER_PAGE,
    )
    query = request.GET.copy()
    query.pop("after", None)
    shown = {"form": form, "page": page, "acts": audit.acts(), "query": query.urlencode()}
    return render(request, "admin/journal.html", shown, status=422 if form.is_bound and form.errors else 200)


def _start(day, *, later: int = 0) -> datetime | None:  # type: ignore[no-untyped-def]
    if not day or day.year < 1900 or day.year > 9000:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=later), time.min))


def _csv(rows: list[audit.Entry]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journal.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(COLUMNS)
    for row in rows:
        sheet.writerow([_harmless(str(getattr(row, name) or "")) for name in COLUMNS])
    return response


def _harmless(text: str) -> str:
    """A spreadsheet takes no formula from the journal."""
    return f"'{text}" if text[:1] in "=+-@\t" else text
