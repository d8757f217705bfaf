"""Complaints: the list, the second look, what they show of our decisions; and cases that are late."""

import csv
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act, note_look
from kazna.web.officer import figures
from kazna.web.officer.forms import DecisionForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

CAUSES = {
    "law": _("Закон применён неверно"),
    "facts": _("Сведения были неверны"),
    "missing": _("Сведений не хватало"),
    "procedure": _("Нарушен порядок"),
    "other": _("Другое"),
}


class AnswerForm(DecisionForm):
    """Leave in force or overturn; the cause is for statistics."""

    outcome = forms.ChoiceField(
        label=_("Ответ"),
        choices=[
            ("uphold", _("Решение верное")),
            ("overturn", _("Отменить и решить заново")),
            ("end", _("Отменить и прекратить назначенное")),
            ("void", _("Отменить с первого дня: человек сообщил неверное, выплаченное станет переплатой")),
        ],
        error_messages={"required": _("Выберите ответ")},
    )
    why = forms.ChoiceField(label=_("Причина отмены"), choices=[*CAUSES.items()], required=False)


@require_safe
@allow("officer")
def appeals(request: HttpRequest) -> HttpResponse:
    """Complaints that wait, the nearest term first."""
    page = page_of(
        request,
        lambda after: cases.appeals.queue(body=request.viewer.body, limit=PER_PAGE + 1, after=after),
        key=lambda row: f"{row.due_on}_{row.appeal_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    people = registers.cards([row.recipient_id for row in page.rows])
    return render(request, "officer/appeals.html", {"page": page, "people": people, "day": clock.today()})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def appeal(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The complaint beside the decision; on POST the answer."""
    found = cases.appeals.appeal(appeal_id=appeal_id)
    form, status = AnswerForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _answer(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return redirect("work_appeals")
    note_look(request, found.recipient_id, f"Жалоба на решение № {found.decision_number}")
    decision = cases.decision(decision_id=found.decision_id)
    return render(request, "officer/appeal.html", {"appeal": found, "decision": decision, "form": form}, status=status)


def _answer(request: HttpRequest, found: cases.appeals.AppealView, form: AnswerForm) -> None:
    given = form.cleaned_data
    cases.appeals.answer(
        appeal_id=found.appeal_id,
        by=request.viewer.login,
        overturned=given["outcome"] != "uphold",
        ends=given["outcome"] in ("end", "void"),
        from_start=given["outcome"] == "void",
        why=given["why"],
        reason=given["reason"],
        on=clock.today(),
        cause=Cause(None, timezone.now()),
        amount_kopecks=given["amount"],
        first_day=given["first_day"],
    )
    note_act(request, "appeal", person_id=found.recipient_id, thing=found.appeal_id, purpose=found.decision_number)


@require_POST
@allow("officer")
def second_look(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """A supervisor asks another officer to look at a decision again."""
    found = cases.decision(decision_id=decision_id)
    try:
        filed = cases.appeals.file(
            decision_id=decision_id,
            text=request.POST.get("text", ""),
            on=clock.today(),
            cause=Cause(None, timezone.now()),
            filed_by=request.viewer.login,
        )
    except cases.appeals.AppealAlreadyOpen:
        return redirect("work_appeals")
    note_act(request, "appeal", person_id=found.recipient_id, thing=decision_id, purpose=found.number)
    return redirect("work_appeal", appeal_id=filed.appeal_id)


@require_safe
@allow("officer")
def statistics(request: HttpRequest) -> HttpResponse:
    """Overturned decisions by measure and cause in a year; `?format=csv` as a file."""
    year = int(text) if (text := request.GET.get("year", "")).isdigit() and 2000 <= int(text) < 2200 else None
    year = year or clock.today().year
    told = figures.appeals.get(request.viewer.body, str(year))
    rows = [cases.appeals.Overturned(**one) for one in told.figures] if told else []
    if request.GET.get("format") == "csv":
        return _csv(rows, year)
    context = {"rows": rows, "year": year, "causes": CAUSES, "counted_at": told and told.counted_at}
    return render(request, "officer/appeals_statistics.html", context)


def _csv(rows: list[cases.appeals.Overturned], year: int) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="appeals-{year}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(["мера", "название", "причина отмены", "подано", "рассмотрено", "отменено решений"])
    for row in rows:
        cause = str(CAUSES.get(row.cause, ""))
        sheet.writerow([row.measure, row.title, cause, row.filed, row.answered, row.overturned])
    return response


@require_safe
@allow("officer")
def late(request: HttpRequest) -> HttpResponse:
    """Cases past their term; `?format=csv` as a file of those shown."""
    page = page_of(
        request,
        lambda after: cases.appeals.late(body=request.viewer.body, on=clock.today(), limit=PER_PAGE + 1, after=after),
        key=lambda row: f"{row.due_on}_{row.case_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    if request.GET.get("format") == "csv":
        return _late_csv(request.viewer.body)
    people = registers.cards([row.recipient_id for row in page.rows])
    return render(request, "officer/late.html", {"page": page, "people": people, "day": clock.today()})


def _late_csv(body: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="late.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(["дело", "мера", "срок", "передано руководителю", "срок остановлен"])
    for row in cases.appeals.late(body=body, on=clock.today(), limit=10_000):
        sheet.writerow([row.case_id, row.title, row.due_on, row.escalated_on or "", row.clock_reason])
    return response


@require_POST
@allow("officer")
def clock_of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Stop the clock of a case, for a reason of its passport, or let it run again."""
    found = cases.case(case_id=case_id)
    if request.POST.get("do") == "resume":
        cases.appeals.resume_clock(case_id=case_id, on=clock.today())
    else:
        kind = request.POST.get("kind", "")
        cases.appeals.stop_clock(case_id=case_id, kind=kind, by=request.viewer.login, on=clock.today())
    note_act(request, "clock", person_id=found.recipient_id, thing=case_id, purpose=f"Срок дела: {found.title}")
    return redirect("work_late")
