"""A case of mine: where it stands, what is offered, one click to agree, answers only I can give."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.citizen.own import me, must_be_ours, names
from kazna.web.citizen.questions import QuestionsForm, questions_of
from kazna.web.journal import note_act
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case with its steps; an open offer shows the two buttons, a missing answer its question."""
    found, right = _own_case(request, case_id)
    return _show(request, found, right, QuestionsForm(questions_of(right, me(request))))


@require_POST
@allow("citizen")
def confirm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Agree to the offer, with the answers the rule needs. The rest goes by itself."""
    found, right = _own_case(request, case_id)
    form = QuestionsForm(questions_of(right, me(request)), request.POST)
    if not form.is_valid():
        return _show(request, found, right, form, status=422)
    cases.confirm(case_id=case_id, person_id=me(request), on=clock.today(), cause=_click(), declared=form.declared())
    note_act(request, "consent", person_id=me(request), thing=case_id, purpose="Согласие на меру поддержки")
    return redirect("my_confirmed", case_id=case_id)


@require_POST
@allow("citizen")
def choose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the offered measure in place of what was compared with it."""
    found, right = _own_case(request, case_id)
    form = QuestionsForm(questions_of(right, me(request)), request.POST)
    if not form.is_valid():
        return _show(request, found, right, form, status=422)
    cases.choose(case_id=case_id, person_id=me(request), on=clock.today(), cause=_click(), declared=form.declared())
    note_act(request, "consent", person_id=me(request), thing=case_id, purpose="Выбор между мерами поддержки")
    return redirect("my_confirmed", case_id=case_id)


@require_POST
@allow("citizen")
def decline(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Refuse the offer; the same offer is not made again."""
    _own_case(request, case_id)
    cases.decline(case_id=case_id, person_id=me(request), on=clock.today(), cause=_click())
    note_act(request, "consent", person_id=me(request), thing=case_id, purpose="Отказ от предложенной меры")
    return redirect("my_case", case_id=case_id)


@require_POST
@allow("citizen")
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Answer what a case under way still waits for; the right is weighed again because of the answer."""
    found, right = _own_case(request, case_id)
    form = QuestionsForm(questions_of(right, me(request)), request.POST)
    if not form.is_valid():
        return _show(request, found, right, form, status=422)
    cases.reply(case_id=case_id, person_id=me(request), on=clock.today(), cause=_click(), declared=form.declared())
    note_act(request, "consent", person_id=me(request), thing=case_id, purpose="Ответ на вопрос по делу")
    return redirect("my_confirmed", case_id=case_id)


@require_safe
@allow("citizen")
def confirmed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt: what was agreed to and what happens next."""
    found, _right = _own_case(request, case_id)
    return render(request, "citizen/confirmed.html", {"case": found})


def _show(
    request: HttpRequest, found: cases.CaseView, right: measures.Right, form: QuestionsForm, status: int = 200
) -> HttpResponse:
    facts = registers.facts_by_ids(right.fact_ids)
    people = [found.subject_id, found.recipient_id, *(fact.subject_id for fact in facts)]
    people += [missing.person_id for missing in right.missing]
    context = {
        "case": found,
        "right": right,
        "facts": facts,
        "names": names(people),
        "titles": kind_titles(),
        "me": me(request),
        "form": form,
        "stands": cases.appeals.clock(case_id=found.case_id),
        "compared": cases.comparison(case_id=found.case_id, on=clock.today()),
    }
    return render(request, "citizen/case.html", context, status=status)


def _own_case(request: HttpRequest, case_id: UUID) -> tuple[cases.CaseView, measures.Right]:
    """The case and the right it rests on. 404 unless the viewer or a ward is in it."""
    found = cases.case(case_id=case_id)
    must_be_ours(request, found.recipient_id, found.subject_id)
    return found, measures.rights([found.right_id])[found.right_id]


def _click() -> Cause:
    """What the citizen does now, not a document."""
    return Cause(document_id=None, received_at=timezone.now())
