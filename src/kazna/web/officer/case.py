"""A case that waits for a person: who, what, what the rule says, why it stopped, what changed since; decide it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kazna.contexts.cases import public as cases
from kazna.contexts.integration import public as integration
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.journal import note_act, note_look
from kazna.web.officer import filters
from kazna.web.officer.forms import DecisionForm
from kazna.web.officer.grounds import grounds_of
from kazna.web.paging import day_and_id
from kazna.web.powers import allow

OUTCOMES = {"grant": cases.Outcome.GRANTED, "refuse": cases.Outcome.REFUSED}
TIMELINE_SHOWN = 15


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the case and hold it open; on POST decide it. A refusal of the domain comes back with 409."""
    found = cases.case(case_id=case_id)
    right = measures.rights([found.right_id])[found.right_id]
    form, status = DecisionForm(request.POST or None, grounds=grounds_of(right)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = _decide(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return _go_on(request, found, done)
    return _show(request, found, right, form, status)


@require_http_methods(["GET", "HEAD"])
@allow("officer")
def decided(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The decision as the citizen will read it."""
    decision = cases.decision(decision_id=decision_id)
    note_look(request, decision.recipient_id, f"Решение № {decision.number}")
    return render(request, "officer/decided.html", {"decision": decision})


@require_http_methods(["GET", "HEAD"])
@allow("officer")
def following(request: HttpRequest) -> HttpResponse:
    """To the next case of the filter after the one named, or back to the list when there is none."""
    return _next(request, filters.read(request.GET.get("from", "")), request.GET.get("after", ""))


@require_POST
@allow("officer")
def seize(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the case from the officer who has it open: written into the journal."""
    found, viewer = cases.case(case_id=case_id), request.viewer
    held = cases.workplace.holder(case_id=case_id, now=timezone.now())
    cases.workplace.claim(case_id=case_id, body=viewer.body, login=viewer.login, now=timezone.now(), by_force=True)
    note_act(request, "seize", person_id=found.recipient_id, thing=case_id, purpose=f"Дело взято у: {held or 'никого'}")
    return redirect(f"{reverse('work_case', args=[case_id])}?{urlencode({'from': request.POST.get('from', '')[:300]})}")


def _decide(
    request: HttpRequest, found: cases.CaseView, form: DecisionForm
) -> cases.DecisionDocument | cases.ProposalView:
    given, viewer = form.cleaned_data, request.viewer
    held = cases.workplace.holder(case_id=found.case_id, now=timezone.now())
    if held not in ("", viewer.login):
        raise cases.workplace.CaseHeldByAnother(login=held)
    done = cases.decide(
        case_id=found.case_id,
        by=viewer.login,
        outcome=OUTCOMES[given["outcome"]],
        reason=given["reason"],
        on=clock.today(),
        cause=Cause(document_id=None, received_at=timezone.now()),
        amount_kopecks=given["amount"],
        first_day=given["first_day"],
    )
    cases.workplace.release(case_id=found.case_id, login=viewer.login)
    note_act(
        request, "decide", person_id=found.recipient_id, thing=found.case_id, purpose=f"Решение по делу: {found.title}"
    )
    return done


def _go_on(
    request: HttpRequest, found: cases.CaseView, done: cases.DecisionDocument | cases.ProposalView
) -> HttpResponse:
    """The receipt (of a draft that waits for a second officer, too), or at once the next case with it in its head."""
    if request.POST.get("then") == "next":
        after = f"{found.due_on}_{found.case_id}" if found.due_on else ""
        wanted = filters.read(request.POST.get("from", ""))
        return _next(request, wanted, after, done=None if isinstance(done, cases.ProposalView) else done.decision_id)
    if isinstance(done, cases.ProposalView):
        return redirect("work_draft", proposal_id=done.proposal_id)
    return redirect("work_decided", decision_id=done.decision_id)


def _next(request: HttpRequest, wanted: cases.workplace.Wanted, after: str, done: UUID | None = None) -> HttpResponse:
    viewer, query = request.viewer, filters.written(wanted)
    try:
        key = day_and_id(after) if after else None
    except ValueError:
        key = None
    rows = cases.workplace.queue(
        wanted, body=viewer.body, login=viewer.login, on=clock.today(), now=timezone.now(), limit=1, after=key,
        is_unclaimed=True,
    )  # fmt: skip
    told = {"from": query} | ({"done": str(done)} if done else {})
    if not rows:
        return redirect(f"{reverse('work_queue')}?{query}{'&' if query else ''}{urlencode({'end': '1'})}")
    return redirect(f"{reverse('work_case', args=[rows[0].case_id])}?{urlencode(told)}")


def _show(
    request: HttpRequest, found: cases.CaseView, right: measures.Right, form: DecisionForm, status: int
) -> HttpResponse:
    facts = registers.facts_by_ids(right.fact_ids)
    people = {found.recipient_id, found.subject_id, *(fact.subject_id for fact in facts)}
    people |= {missing.person_id for missing in right.missing if missing.person_id}
    for person_id in {found.recipient_id, found.subject_id}:
        note_look(request, person_id, f"Дело: {found.title}")
    timeline = registers.timeline(found.recipient_id)
    if found.subject_id != found.recipient_id:
        timeline = sorted([*timeline, *registers.timeline(found.subject_id)], key=lambda one: one.day, reverse=True)
    cards = registers.cards(people)
    return render(
        request,
        "officer/case.html",
        {
            "case": found,
            "right": right,
            "facts": facts,
            "cards": cards,
            "names": {person_id: card.full_name for person_id, card in cards.items()},
            "titles": kind_titles(),
            "questions": integration.questions_about(subject_ids=people),
            "form": form,
            "stands": cases.appeals.clock(case_id=found.case_id),
            "is_open": found.state == "waiting_person",
            "draft": cases.proposal_about(found.case_id),
            "day": clock.today(),
            "timeline": timeline[:TIMELINE_SHOWN],
            "since": _since(right, timeline),
            **_place(request, found),
        },
        status=status,
    )


def _since(right: measures.Right, timeline: list[registers.TimelineEntry]) -> list[registers.TimelineEntry]:
    """What became known after the rule was asked, or the same day but was not used by it."""
    return [
        one
        for one in timeline
        if one.fact.known_on > right.on or (one.fact.known_on == right.on and one.fact.id not in right.fact_ids)
    ]


def _place(request: HttpRequest, found: cases.CaseView) -> dict[str, Any]:
    """Where the case stands in the officer's walk through the queue, and who has it open."""
    given = request.GET if request.method != "POST" else request.POST
    query = filters.written(filters.read(given.get("from", "")))
    place = {"query": query, "after": f"{found.due_on}_{found.case_id}" if found.due_on else "", "held_by": ""}
    done = given.get("done", "")
    place["done"] = done if len(done) == 36 and done.count("-") == 4 and done.replace("-", "").isalnum() else ""
    if found.state == "waiting_person" and request.method == "GET":
        viewer = request.viewer
        held, until = cases.workplace.claim(
            case_id=found.case_id, body=viewer.body, login=viewer.login, now=timezone.now()
        )
        place |= {"held_by": "" if held == viewer.login else held, "held_until": until}
    return place
