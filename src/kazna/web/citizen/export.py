"""All my data as one archive: JSON for machines and a page for people. Law: 152-ФЗ, статья 14."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.corrections import public as corrections
from kazna.contexts.measures import public as measures
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.citizen.own import me, names
from kazna.web.journal import note_act
from kazna.web.powers import allow

PIECE = 500
SECTIONS = (
    "person",
    "facts",
    "rights",
    "cases",
    "decisions",
    "awards",
    "payments",
    "messages",
    "corrections",
    "journal",
)


@require_safe
@allow("citizen")
def export(request: HttpRequest) -> HttpResponse:
    """A zip of `data/*.json` and `index.html`, whole: every page of every list."""
    person_id = me(request)
    found = collect(person_id)
    page = render_to_string(
        "citizen/export.html",
        {
            "found": found,
            "titles": kind_titles(),
            "names": names([person_id, *(fact.object_id for fact in found["facts"])]),
            "made_on": clock.today(),
        },
        request,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", page)
        for name in SECTIONS:
            archive.writestr(f"data/{name}.json", json.dumps(plain(found[name]), ensure_ascii=False, indent=1))
    note_act(request, "export", person_id=person_id, purpose="Выгружены все данные")
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="kazna-{clock.today().isoformat()}.zip"'
    return response


def collect(person_id: UUID) -> dict[str, Any]:
    """Everything kept about the person, by section."""
    lines = cases.decisions_of(person_id=person_id)
    return {
        "person": registers.cards([person_id])[person_id],
        "facts": registers.facts_of([person_id]),
        "rights": measures.rights_of(person_id),
        "cases": cases.cases_of(person_id=person_id),
        "decisions": [cases.decision(decision_id=line.decision_id) for line in lines],
        "awards": cases.awards_of(person_id=person_id),
        "payments": _all(
            lambda after: payments.payments_of(person_id=person_id, limit=PIECE, after=after),
            lambda order: (order.month, order.order_id),
        ),
        "messages": _all(
            lambda after: notifications.inbox(person_id=person_id, limit=PIECE, after=after), lambda one: one.number
        ),
        "corrections": corrections.of_person(person_id=person_id, limit=PIECE),
        "journal": _all(lambda before: audit.looks_at(person_id, limit=PIECE, before=before), lambda one: one.seq),
    }


def _all(read: Callable[[Any], Iterable[Any]], key: Callable[[Any], Any]) -> list[Any]:
    """Every page of a list that is read by key."""
    rows: list[Any] = []
    after = None
    while piece := list(read(after)):
        rows += piece
        after = key(piece[-1])
        if len(piece) < PIECE:
            break
    return rows


def plain(value: Any) -> Any:
    """JSON of contracts: days and moments by ISO 8601, ids as text, sums in kopecks."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
