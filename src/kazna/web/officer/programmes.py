"""Programmes of adaptation: the queue, one of them, what an officer does with it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.programmes import public as programmes
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms_programmes import EndForm, ProgrammeForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

State = programmes.ProgrammeState
STATES = {
    "requested": _("Попросили"),
    "drafted": _("Ждут подписи"),
    "agreed": _("Решаются"),
    "active": _("Идут"),
    "breaking": _("Прекращаются"),
    "finished": _("Наблюдаем"),
    "closed": _("Закрыты"),
    "broken": _("Не выполнены"),
    "declined": _("Не заключены"),
}


@require_safe
@allow("officer")
def queue(request: HttpRequest) -> HttpResponse:
    """By state, the oldest request first; `?late=1` only those whose report is late."""
    state = request.GET.get("state", "requested")
    state = state if state in STATES else "requested"
    late = request.GET.get("late") == "1"
    page = page_of(
        request,
        lambda after: programmes.queue(
            body=request.viewer.body, state=State(state), late=late, limit=PER_PAGE + 1, after=after
        ),
        key=lambda one: f"{one.requested_on}_{one.programme_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    cards = registers.cards({one.person_id for one in page.rows})
    for person_id in cards:
        note_look(request, person_id, "Список программ социальной адаптации")
    context = {"page": page, "cards": cards, "state": state, "states": STATES, "late": late}
    return render(request, "officer/programmes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show it; on POST do one thing with it."""
    found = programmes.programme(programme_id=programme_id)
    day, act = clock.today(), request.POST.get("act", "")
    terms = programmes.terms_of(found.measure, found.signed_on or day)
    draft = ProgrammeForm(request.POST if act == "draft" else None, terms=terms, found=found, day=day)
    ending = EndForm(request.POST if act in ("decline", "finish", "break") else None)
    wrong, problem, status = None, "", 200
    if request.method == "POST":
        form = {"draft": draft, "decline": ending, "finish": ending, "break": ending}.get(act)
        status = 422
        if form is None or form.is_valid():
            try:
                _act(request, found, act, form.cleaned_data if form else request.POST)
            except DomainError as refusal:
                problem, status = str(refusal), 409
            else:
                note_act(request, "programme", person_id=found.person_id, thing=programme_id, purpose=found.title)
                return redirect("work_programme", programme_id=programme_id)
        wrong = form
    note_look(request, found.person_id, f"Программа: {found.title}")
    context = {
        "one": found, "terms": terms, "card": registers.cards([found.person_id]).get(found.person_id), "draft": draft,
        "ending": ending, "wrong": wrong, "problem": problem, "act": act, "day": day, "states": STATES,
        "me": request.viewer.login,
    }  # fmt: skip
    return render(request, "officer/programmes/show.html", context, status=status)


def _act(request: HttpRequest, found: programmes.ProgrammeView, act: str, given) -> None:  # type: ignore[no-untyped-def]
    by, on, one = request.viewer.login, clock.today(), found.programme_id
    if act == "draft":
        programmes.draft_programme(
            programme_id=one, months=given["months"], steps=given["steps"], answers=given["answers"],
            paid_once=bool(given.get("paid_once")), by=by, on=on,
        )  # fmt: skip
    elif act == "decline":
        programmes.decline_programme(programme_id=one, why=given["reason"], by=by, on=on)
    elif act == "finish":
        programmes.finish_programme(programme_id=one, outcome=given["reason"], by=by, on=on)
    elif act == "break":
        programmes.propose_break(programme_id=one, why=given["reason"], claimed_kopecks=given["claimed"], by=by, on=on)
    elif act in ("confirm", "keep"):
        programmes.settle_break(programme_id=one, agrees=act == "confirm", by=by, on=on)
    elif act in ("accept", "return") and (number := given.get("number", "")).isdigit():
        programmes.look_at_report(
            programme_id=one, number=int(number), accepted=act == "accept", remark=given.get("remark", ""), by=by, on=on
        )
    elif act == "check" and (number := given.get("number", "")).isdigit():
        programmes.note_check(programme_id=one, number=int(number), note=given.get("note", ""), by=by)
    else:
        raise programmes.ProgrammeRefused(why="выберите действие на этой странице")
