"""The inventory of obligations: a screen, and the same as open data."""

import csv
import io
from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.studio import public as studio
from kazna.plumbing import clock
from kazna.web.powers import allow
from kazna.web.studio.sheets import plain

DOUBTS = ("", "nobody", "twins", "untaken")


@require_safe
@allow("methodologist")
def inventory(request: HttpRequest) -> HttpResponse:
    """On a day, filtered by doubt; `format` csv or json gives open data."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = clock.today()
    doubt = request.GET.get("doubt", "")
    rows = [row for row in studio.obligations(on=on) if _fits(row, doubt)]
    wanted = request.GET.get("format")
    if wanted == "json":
        return JsonResponse([asdict(row) for row in rows], safe=False, json_dumps_params={"ensure_ascii": False})
    if wanted == "csv":
        return _csv(rows)
    return render(request, "studio/inventory.html", {"rows": rows, "on": on, "doubt": doubt})


def _fits(row: studio.Obligation, doubt: str) -> bool:
    if doubt == "nobody":
        return row.has_nobody
    if doubt == "twins":
        return bool(row.twins)
    return row.untaken != 0 if doubt == "untaken" else True


def _csv(rows: list[studio.Obligation]) -> HttpResponse:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    names = list(studio.Obligation.__dataclass_fields__)
    table.writerow(names)
    for row in rows:
        told = asdict(row)
        table.writerow([" ".join(value) if isinstance(value, tuple) else plain(value) for value in
                        (told[name] for name in names)])  # fmt: skip
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="obligations.csv"'
    return response
