"""The register of decisions of the body: found by number, person, measure, kind and day; the paper; an export."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.kernel.money import roubles_and_kopecks
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms_decisions import RegisterForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import Page, page_of
from kazna.web.powers import allow
from kazna.web.words import OUTCOMES

MOST_PEOPLE, MOST_ROWS, CHUNK = 50, 10_000, 1000
COLUMNS = ("номер", "день", "решение", "мера", "СНИЛС", "сумма", "с", "по", "решил", "подтвердил")


@require_safe
@allow("officer")
def register(request: HttpRequest) -> HttpResponse:
    """A page of the register, the newest first; `format=csv` gives what was filtered as a file."""
    form = RegisterForm(request.GET, measures=[(card.measure, card.short_title) for card in measures.measures_list()])
    is_asked = form.is_valid()
    wanted = _wanted(request, form) if is_asked else cases.RegisterFilter()
    if is_asked and request.GET.get("format") == "csv":
        note_act(request, "export", purpose="Выгрузка реестра решений")
        return _file(wanted, request.viewer.body)
    page = (
        page_of(
            request,
            lambda after: cases.register(wanted=wanted, limit=PER_PAGE + 1, after=after, body=request.viewer.body),
            key=lambda row: f"{row.on}_{row.number}",
            parse=_day_and_number,
            size=PER_PAGE,
        )
        if is_asked
        else Page([], "")
    )
    context = {
        "form": form,
        "page": page,
        "people": registers.cards({row.recipient_id for row in page.rows}),
        "query": request.GET.urlencode(),
    }
    return render(request, "officer/register.html", context, status=200 if is_asked else 422)


@require_safe
@allow("officer")
def paper(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The decision as a sealed PDF."""
    found = cases.decision(decision_id=decision_id)
    note_look(request, found.recipient_id, f"Решение № {found.number}")
    return as_pdf(cases.sealed(decision_id=decision_id), f"reshenie-{found.number}.pdf")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _wanted(request: HttpRequest, form: RegisterForm) -> cases.RegisterFilter:
    given = form.cleaned_data
    people = None
    if given["who"]:
        people = tuple(card.person_id for card in registers.search(given["who"], limit=MOST_PEOPLE))
        note_act(request, "search", purpose=f"Реестр решений: {given['who']}")
    return cases.RegisterFilter(
        number=given["number"].strip(),
        kind=given["kind"],
        measure=given["measure"],
        by=given["by"],
        since=given["since"],
        until=given["until"],
        person_ids=people,
    )


def _file(wanted: cases.RegisterFilter, body: str) -> HttpResponse:
    """CSV for a spreadsheet, at most ten thousand rows: more is narrowed by days."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(COLUMNS)
    with override("ru"):
        table.writerows(_rows(wanted, body))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reshenia.csv"'
    return response


def _rows(wanted: cases.RegisterFilter, body: str) -> Iterator[tuple[str, ...]]:
    after: tuple[date, str] | None = None
    for _ in range(MOST_ROWS // CHUNK):
        lines = cases.register(wanted=wanted, limit=CHUNK, after=after, body=body)
        cards = registers.cards({line.recipient_id for line in lines})
        for line in lines:
            card = cards.get(line.recipient_id)
            yield (
                line.number, f"{line.on:%d.%m.%Y}", str(OUTCOMES[line.kind]), line.title,
                card.snils or "" if card else "",
                "" if line.amount_kopecks is None else roubles_and_kopecks(line.amount_kopecks),
                f"{line.first_day:%d.%m.%Y}" if line.first_day else "",
                f"{line.last_day:%d.%m.%Y}" if line.last_day else "",
                _harmless(line.decided_by or "правило"), _harmless(line.confirmed_by),
            )  # fmt: skip
        if len(lines) < CHUNK:
            return
        after = (lines[-1].on, lines[-1].number)


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _day_and_number(text: str) -> tuple[date, str]:
    day, _underscore, number = text.partition("_")
    return date.fromisoformat(day), number[:30]
