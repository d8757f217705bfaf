"""The people of the examples as a table: a row each, what is known of them and the answer the act gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.public import Row
from kazna.kernel.errors import DomainError
from kazna.rules.drafting import Draft as Checked
from kazna.rules.drafting import check_draft
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.studio.words import STATES

MOST_ROWS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def people(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show or save. Buttons: save, copy a row, drop one, take the answer the draft gives as the expected one."""
    card = studio.draft(draft_id)
    told = studio.version(draft_id, card.version)
    checked = check_draft(measures.law_in_force(), told.measure_text, told.figures_text)
    refusal, status, seen = "", 200, card.version
    if request.method == "POST":
        seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdecimal() else 0
        try:
            if seen != card.version:
                raise studio.ChangedMeanwhile(by=told.saved_by, number=card.version)
            if request.POST.get("do") == "decided":
                text = _with_decided(request, card, told.measure_text, checked)
            else:
                text = _changed(told.measure_text, checked, request.POST)
            studio.save_version(
                draft_id=draft_id, seen=seen, measure=text, figures=told.figures_text, by=request.viewer.login
            )
            return redirect("studio_people", draft_id=draft_id)
        except DomainError as problem:
            refusal, status = str(problem), 409
    page = {"card": card, "seen": seen, "refusal": refusal, "states": STATES, "tab": "people", **_page(checked)}
    if request.method == "POST" and page["rows"]:
        page["rows"] = [_retold(row, place, request.POST) for place, row in enumerate(page["rows"])]
    page |= {"may_change": card.state in studio.MAY_CHANGE, "codes": _codes(request, card)}
    return render(request, "studio/people.html", page, status=status)


def _codes(request: HttpRequest, card: studio.DraftCard) -> list[str]:
    """Territories whose decided cases the viewer may draw on."""
    mine = request.viewer.territory
    return [code for code in studio.kept_codes() if card.region in ("", code) and mine in ("", code)]


def _with_decided(request: HttpRequest, card: studio.DraftCard, text: str, checked: Checked) -> str:
    """The text with examples out of decided cases of the chosen territory, none of them anybody's."""
    territory = request.POST.get("territory", "")
    if territory not in _codes(request, card):
        raise studio.NoSnapshot(code=territory)
    found = studio.people_like_decided(checked, territory, card.first_day)
    note_act(request, "settle", thing=card.id, purpose=f"Примеры из решённых дел территории {territory}, обезличены")
    assert checked.edition is not None
    return studio.with_examples(text, found, checked.edition)


def _page(checked: Checked) -> dict[str, Any]:
    try:
        rows = studio.rows_of(checked)[:MOST_ROWS]
    except studio.NotReady as refusal:
        return {"rows": [], "columns": [], "unread": str(refusal)}
    names = _columns(checked, rows)
    assert checked.edition is not None
    titles = {name: fact.title for name, fact in checked.edition.facts.items()}
    return {
        "unread": "", "columns": [(name, titles.get(name, name)) for name in names],
        "rows": [
            {"name": row.name, "on": row.on, "state": row.expect.get("state", ""),
             "amount": row.expect.get("amount", ""),
             "cells": [studio.shown_value(row.given[name]) if name in row.given else "" for name in names],
             "result": checked.examples[place] if place < len(checked.examples) else None}
            for place, row in enumerate(rows)
        ],
    }  # fmt: skip


def _columns(checked: Checked, rows: list[Row]) -> list[str]:
    """What the rule reads, then whatever else some row tells."""
    read = [*checked.edition.facts, *checked.edition.relations] if checked.edition else []
    return list(dict.fromkeys([*read, *(name for row in rows for name in row.given)]))


def _retold(shown: dict[str, Any], place: int, told: QueryDict) -> dict[str, Any]:
    """A row as it was typed, so that a refusal loses nothing."""
    cells = [told.get(f"r{place}_{number}", cell) for number, cell in enumerate(shown["cells"])]
    typed = {name: told.get(f"r{place}_{name}", shown[name]) for name in ("name", "on", "state", "amount")}
    return {**shown, **typed, "cells": cells}


def _changed(text: str, checked: Checked, told: QueryDict) -> str:
    rows, (act, _, what) = studio.rows_of(checked), told.get("do", "save").partition(":")
    names, chosen = _columns(checked, rows), int(what) if what.isdecimal() and int(what) < len(rows) else None
    typed = {place: _typed(row, place, names, told) for place, row in enumerate(rows[:MOST_ROWS])}
    changes: dict[int, Row | None] = {place: row for place, row in typed.items() if row != rows[place]}
    added = []
    if chosen is not None and act == "drop":
        changes[chosen] = None
    elif chosen is not None and act == "copy":
        added = [replace(typed[chosen], name=f"{typed[chosen].name} (ещё один {len(rows) + 1})")]
    elif chosen is not None and act == "accept":
        changes[chosen] = studio.answered(typed[chosen], checked, chosen)
    return studio.rewritten(text, rows, changes, added) if changes or added else text


def _typed(row: Row, place: int, names: list[str], told: QueryDict) -> Row:
    """The row with those cells that differ from what was shown; an emptied cell is not told any more."""
    given, expect = dict(row.given), dict(row.expect)
    for number, name in enumerate(names):
        was = studio.shown_value(given[name]) if name in given else ""
        text = told.get(f"r{place}_{number}", was).strip()
        if text != was:
            given.pop(name, None)
            if text:
                given[name] = studio.typed_value(text)
    for key in ("state", "amount"):
        was = str(expect.get(key, ""))
        text = told.get(f"r{place}_{key}", was).strip()
        if text != was:
            if key == "state":
                expect = {}
            expect.pop(key, None)
            expect |= {key: studio.typed_value(text)} if text else {}
    name = " ".join(told.get(f"r{place}_name", row.name).split())[:200] or row.name
    return Row(name, told.get(f"r{place}_on", row.on).strip()[:10] or row.on, given, expect, row.told)
