"""The register of the needy of the territory: families by income a head; a file of what is shown."""

from __future__ import annotations

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.kernel.money import Money
from kazna.kernel.periods import add_months
from kazna.plumbing import clock
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_act, note_look
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import number, page_of
from kazna.web.powers import allow

MOST_IN_FILE = 10_000
MOST_KOPECKS = 10**15


@require_safe
@allow("officer")
def needy(request: HttpRequest) -> HttpResponse:
    """`?most=12 000` roubles a head at most; `?format=csv` as a file. Answers of the last twelve months."""
    most, wrong = _most(request.GET.get("most", ""))
    asked = {
        "since": add_months(clock.today(), -12),
        "territory": request.viewer.territory,
        "most_kopecks": most,
    }
    if request.GET.get("format") == "csv":
        return _file(request, measures.needy(limit=MOST_IN_FILE, **asked))
    page = page_of(
        request,
        lambda after: measures.needy(limit=PER_PAGE + 1, after=after, **asked),
        key=lambda one: f"{one.income_kopecks}_{one.person_id}",
        parse=_kopecks_and_id,
        size=PER_PAGE,
    )
    cards = registers.cards([one.person_id for one in page.rows])
    for person_id in cards:
        note_look(request, person_id, "Реестр нуждающихся")
    context = {
        "page": page, "cards": cards, "most": request.GET.get("most", ""), "wrong": wrong, "title_of": measure_title,
        "counted_at": measures.needy_as_of(),
    }  # fmt: skip
    return render(request, "officer/needy.html", context, status=422 if wrong else 200)


def _kopecks_and_id(text: str) -> tuple[int, UUID]:
    """«1251375_9cb8437c-…». Raises ValueError."""
    kopecks, _underscore, person_id = text.partition("_")
    return number(kopecks), UUID(person_id)


def _most(text: str) -> tuple[int | None, bool]:
    """Kopecks, and whether the text could not be read."""
    if not text.strip():
        return None, False
    try:
        kopecks = Money.of_roubles(text.strip()).kopecks
        return (kopecks, False) if 0 <= kopecks < MOST_KOPECKS else (None, True)
    except (ValueError, ZeroDivisionError):
        return None, True


def _file(request: HttpRequest, rows: list[measures.NeedyFamily]) -> HttpResponse:
    note_act(request, "export", purpose=f"Реестр нуждающихся: семей {len(rows)}")
    cards = registers.cards([one.person_id for one in rows])
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="needy.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(["человек", "на человека в месяц, копеек", "в семье", "имущество проверено", "мера", "на дату"])
    for one in rows:
        name = cards[one.person_id].full_name if one.person_id in cards else ""
        checked = "да" if one.is_property_checked else "нет"
        sheet.writerow([name, one.income_kopecks, one.family_size, checked, one.measure, one.as_of])
    return response
