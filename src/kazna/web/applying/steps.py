"""One question a page: the best one first, saved at once, so that the form goes on from any device."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.plumbing import clock
from kazna.web.applying.own import channel_of, names_of, seen, title_of
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen", "officer")
def step(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The next question, or the one named in `q` to be changed. Without questions: straight to the check."""
    found = seen(request, application_id)
    if found.state != "draft":
        return redirect("apply_receipt", application_id=application_id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            _save(request, found)
            return redirect("apply_step", application_id=application_id)
        except measures.AnswerError as refusal:
            problem, status = str(refusal), 422
        except cases.applications.ApplicationChanged as refusal:
            problem, status = str(refusal), 409
        found = cases.applications.application(application_id=application_id)
    turn = cases.applications.turn(application_id=application_id, on=clock.today())
    question, value = _asked(request, turn)
    if question is None:
        return redirect("apply_check", application_id=application_id)
    context = {
        "application": found,
        "title": title_of(found.measure),
        "question": question,
        "value": request.POST.get("answer", "")[:200] if problem else value,
        "problem": problem,
        "names": names_of(found),
        "done": len(turn.answered),
        "left": len(turn.questions),
        "requests": turn.requests,
    }
    return render(request, "applying/step.html", context, status=status)


def _asked(request: HttpRequest, turn: measures.FormTurn):  # type: ignore[no-untyped-def]
    wanted = request.GET.get("q", "")
    for one in turn.answered:
        if one.question.id == wanted:
            return one.question, one.typed
    return turn.next_question, ""


def _save(request: HttpRequest, found: cases.applications.ApplicationView) -> None:
    version = request.POST.get("version", "")
    cases.applications.answer(
        application_id=found.application_id,
        question=request.POST.get("question", "")[:120],
        answer=request.POST.get("answer", "")[:200],
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        channel=channel_of(request),
        on=clock.today(),
    )
