"""Many cases at once: preview who gets what, do it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kazna.contexts.cases import public as cases
from kazna.contexts.identity import public as identity
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.journal import note_act
from kazna.web.officer import filters
from kazna.web.powers import allow

ACTS = ("take", "free", "give", "spread")
MOST = 200


@require_POST
@allow("officer")
def bulk(request: HttpRequest) -> HttpResponse:
    """`do`: take to oneself, free, give to one officer, spread over all. Without `confirm` nothing is changed.

    Taking what is nobody's and freeing one's own is any officer's; the rest is a supervisor's.
    """
    viewer, given = request.viewer, request.POST
    query = filters.written(filters.read(given.get("query", "")))
    back = f"/work/?{query}" if query else "/work/"
    rows = _chosen(request, given.getlist("case")[:MOST], filters.read(query), whole=given.get("whole") == "1")
    supervises = "supervise" in viewer.duties
    act = given.get("do", "")
    colleagues = {one.login: one.shown_name or one.login for one in identity.staff(body=viewer.body)}
    if not supervises:
        rows = [row for row in rows if row.assignee == ("" if act == "take" else viewer.login)]
    allowed = act in ACTS and (supervises or act in ("take", "free"))
    logins = _logins(request, act, rows, colleagues) if allowed else []
    if not rows or not logins:
        shown = {"rows": rows, "back": back, "is_allowed": allowed}
        return render(request, "officer/bulk_nothing.html", shown, status=422 if allowed else 403)
    if given.get("confirm") != "1":
        people = registers.cards([row.recipient_id for row in rows])
        shown = {
            "pairs": list(zip(rows, logins, strict=True)), "act": act, "query": query, "back": back, "people": people,
            "names": colleagues, "login": given.get("login", ""),
        }  # fmt: skip
        return render(request, "officer/bulk.html", shown)
    handed = cases.workplace.hand_over(
        cases=[row.case_id for row in rows], logins=logins, body=viewer.body, by=viewer.login,
        reason=given.get("reason", "")[:300], now=timezone.now(),
    )  # fmt: skip
    note_act(request, "handover", thing=handed or "", purpose=f"Передача дел: {len(rows)}")
    return redirect(f"{back}{'&' if query else '?'}handed={handed}" if handed else back)


@require_POST
@allow("officer")
def undo(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Give the cases back; only the one who handed them over, or a supervisor."""
    viewer = request.viewer
    known = {one.handover_id: one for one in cases.workplace.handovers(body=viewer.body, limit=100)}
    found = known.get(handover_id)
    if found is None or (found.by != viewer.login and "supervise" not in viewer.duties):
        raise cases.workplace.HandoverNotOpen()
    count = cases.workplace.undo(handover_id=handover_id, body=viewer.body, by=viewer.login, now=timezone.now())
    note_act(request, "handover", thing=handover_id, purpose=f"Передача дел отменена: {count}")
    return redirect("supervisor" if request.POST.get("to") == "supervisor" else "work_queue")


def _chosen(
    request: HttpRequest, ticked: Sequence[str], wanted: cases.workplace.Wanted, *, whole: bool
) -> list[cases.workplace.QueuedCase]:
    """Ticked cases that still wait, or the whole filter up to a bound."""
    viewer = request.viewer
    ids = [found for one in ticked if (found := _uuid(one))]
    if not whole and not ids:
        return []
    narrowed = wanted if whole else cases.workplace.Wanted()
    return cases.workplace.queue(
        narrowed, body=viewer.body, login=viewer.login, on=clock.today(), now=timezone.now(), limit=MOST,
        ids=None if whole else ids,
    )  # fmt: skip


def _logins(
    request: HttpRequest, act: str, rows: Sequence[cases.workplace.QueuedCase], colleagues: dict[str, str]
) -> list[str]:
    """Whom each case goes to; empty when the colleague named is not of this body."""
    if act == "take":
        return [request.viewer.login] * len(rows)
    if act == "free":
        return [""] * len(rows)
    if act == "give":
        login = request.POST.get("login", "")
        return [login] * len(rows) if login in colleagues else []
    loads = cases.workplace.load(body=request.viewer.body, on=clock.today())
    return cases.workplace.spread(rows, list(colleagues), loads) if colleagues else []


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
