"""The inventory of obligations: a screen, and the same as open data."""

import csv
import io
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kazna.contexts.studio import public as studio
from kazna.plumbing import clock
from kazna.plumbing.kept import Kept, Key, Told
from kazna.web.powers import allow, open_to_all
from kazna.web.studio.sheets import plain

DOUBTS = ("", "nobody", "twins", "untaken")


@require_safe
@allow("methodologist")
def inventory(request: HttpRequest) -> HttpResponse:
    """On a day, filtered by doubt."""
    on, doubt = _day(request), request.GET.get("doubt", "")
    told = _told(on)
    rows = [row for row in studio.obligations(on=on, told=told.figures) if _fits(row, doubt)] if told else []
    untaken = [studio.Untaken(**one) for one in told.figures["untaken"]] if told else []
    counted_at = told and told.counted_at
    page = {"rows": rows, "on": on, "doubt": doubt, "untaken": untaken, "counted_at": counted_at}
    return render(request, "studio/inventory.html", page)


@require_safe
@open_to_all
def data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as open data, csv or json: whoever asks, without signing in. 503 until the day was counted."""
    on = _day(request)
    if kind not in ("json", "csv"):
        raise Http404
    told = _told(on)
    if told is None:
        return HttpResponse(
            _("Цифры этого дня считаются, спросите через минуту."), status=503, headers={"Retry-After": "60"}
        )
    rows = [row for row in studio.obligations(on=on, told=told.figures) if _fits(row, request.GET.get("doubt", ""))]
    if kind == "json":
        return JsonResponse([asdict(row) for row in rows], safe=False, json_dumps_params={"ensure_ascii": False})
    return _csv(rows)


def _told(on: date) -> Told | None:
    """Today's is kept under no day, so that it is there in the morning, as of yesterday."""
    return _obligations.get(key="" if on == clock.today() else on.isoformat())


def _count(place: Key) -> dict[str, Any]:
    return studio.count_obligations(on=date.fromisoformat(place[1]) if place[1] else clock.today())


_obligations = Kept("obligations", _count)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()


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
