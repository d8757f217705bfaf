"""My programmes of adaptation: ask for one, sign it, report, see what it changed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.programmes import public as programmes
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.kernel.money import Money
from kazna.plumbing import clock
from kazna.web.citizen.own import me, must_be_ours
from kazna.web.journal import note_act
from kazna.web.powers import allow


class RequestForm(forms.Form):
    measure = forms.ChoiceField(
        label=_("На что нужны деньги"),
        error_messages={"required": _("Выберите одно"), "invalid_choice": _("Выберите одно из списка")},
    )
    needs = forms.CharField(
        label=_("Что нужно вашей семье"), max_length=4000,
        error_messages={"required": _("Напишите своими словами, что нужно")},
    )  # fmt: skip


class ReportForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=36)
    text = forms.CharField(
        label=_("Что сделано за месяц"), max_length=4000, error_messages={"required": _("Напишите, что сделано")}
    )
    spent = forms.CharField(label=_("Сколько потрачено, рублей"), required=False, max_length=20)

    def clean_spent(self) -> int:
        given = self.cleaned_data["spent"].strip()
        try:
            return Money.of_roubles(given).kopecks if given else 0
        except (ValueError, ZeroDivisionError):
            raise forms.ValidationError(_("Введите сумму как 12 513,75")) from None


@require_safe
@allow("citizen")
def programmes_list(request: HttpRequest) -> HttpResponse:
    """Mine, the newest first."""
    return render(request, "citizen/programmes/list.html", {"found": programmes.programmes_of(person_id=me(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a programme: what for and what is needed; everything else is known."""
    titles = programmes.titles(clock.today())
    form, status, problem = RequestForm(request.POST or None), 200, ""
    form.fields["measure"].choices = list(titles.items())  # type: ignore[attr-defined]
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                asked = programmes.request_programme(
                    measure=form.cleaned_data["measure"], person_id=me(request), needs=form.cleaned_data["needs"],
                    on=clock.today(), cause=Cause(None, timezone.now()),
                )  # fmt: skip
            except DomainError as refusal:
                problem, status = str(refusal), 409
            else:
                note_act(request, "programme", person_id=me(request), thing=asked.id, purpose=asked.title)
                return redirect("my_programme", programme_id=asked.id)
    return render(request, "citizen/programmes/new.html", {"form": form, "problem": problem}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Read it; sign it, refuse it or report."""
    found = programmes.programme(programme_id=programme_id)
    must_be_ours(request, found.person_id)
    act = request.POST.get("act", "")
    form, problem, status = ReportForm(request.POST if act == "report" else None), "", 200
    if request.method == "POST":
        status = 422
        if act != "report" or form.is_valid():
            try:
                _act(request, found, act, form)
            except DomainError as refusal:
                problem, status = str(refusal), 409
            else:
                note_act(request, "programme", person_id=found.person_id, thing=programme_id, purpose=found.title)
                return redirect("my_programme", programme_id=programme_id)
    day = clock.today()
    wanted = next((r for r in found.reports if r.state in ("waited", "returned") and r.first_day <= day), None)
    context = {"one": found, "form": form, "problem": problem, "wanted": wanted if found.state == "active" else None}
    return render(request, "citizen/programmes/show.html", context, status=status)


def _act(request: HttpRequest, found: programmes.ProgrammeView, act: str, form: ReportForm) -> None:
    on, one, person = clock.today(), found.programme_id, found.person_id
    if act == "sign":
        programmes.sign_programme(programme_id=one, person_id=person, on=on, cause=Cause(None, timezone.now()))
    elif act == "decline":
        why = "Человек отказался от программы."
        programmes.decline_programme(programme_id=one, why=why, by="citizen", on=on, person_id=person)
    elif act == "report":
        done = [int(text) for text in request.POST.getlist("done") if text.isdigit()]
        programmes.file_report(
            programme_id=one, number=form.cleaned_data["number"], text=form.cleaned_data["text"],
            spent_kopecks=form.cleaned_data["spent"], done=done, on=on,
        )  # fmt: skip
    else:
        raise programmes.ProgrammeRefused(why="выберите действие на этой странице")
