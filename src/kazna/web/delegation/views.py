"""Agreements: the list, one of them, a new one, its end before the term."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.delegation import public as delegation
from kazna.contexts.measures import public as measures
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_act
from kazna.web.powers import allow

DAYS = ["%d.%m.%Y", "%Y-%m-%d"]
DAY_WRONG = {"invalid": _("Введите день как 05.03.2026"), "required": _("Введите день как 05.03.2026")}
FUNCTIONS = {
    "decide": _("Принимать решения"),
    "pay": _("Выплачивать"),
    "appeals": _("Рассматривать жалобы"),
}


class AgreementForm(forms.Form):
    """One agreement; `bodies` a line each: «sfr-63 12»."""

    number = forms.CharField(
        label=_("Номер соглашения"), max_length=60, error_messages={"required": _("Укажите номер")}
    )
    signed_on = forms.DateField(label=_("Подписано"), input_formats=DAYS, error_messages=DAY_WRONG)
    region = forms.RegexField(
        label=_("Код региона"), regex=r"^\d{2}$",
        error_messages={"invalid": _("Код региона — две цифры"), "required": _("Код региона — две цифры")},
    )  # fmt: skip
    measures = forms.CharField(
        label=_("Меры"), max_length=4000, error_messages={"required": _("Назовите хотя бы одну меру")}
    )
    pay = forms.BooleanField(label=FUNCTIONS["pay"], required=False)
    appeals = forms.BooleanField(label=FUNCTIONS["appeals"], required=False)
    bodies = forms.CharField(
        label=_("Кто работает"), max_length=2000, error_messages={"required": _("Назовите хотя бы одно отделение")}
    )
    first_day = forms.DateField(label=_("Первый день"), input_formats=DAYS, error_messages=DAY_WRONG)
    last_day = forms.DateField(label=_("Последний день"), required=False, input_formats=DAYS, error_messages=DAY_WRONG)

    def clean_bodies(self) -> dict[str, int]:
        """Body → people."""
        found = {}
        for line in self.cleaned_data["bodies"].splitlines():
            if line.strip():
                body, _space, people = line.strip().partition(" ")
                if not people.strip().isdigit():
                    raise forms.ValidationError(_("Пишите по одному отделению в строке: sfr-63 12"))
                found[body] = int(people)
        return found

    def clean_measures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.cleaned_data["measures"].replace(",", " ").split()))

    def agreement(self) -> delegation.NewAgreement:
        given = self.cleaned_data
        functions = {delegation.Function.DECIDE}
        functions |= {delegation.Function(name) for name in ("pay", "appeals") if given[name]}
        return delegation.NewAgreement(
            number=given["number"].strip(), signed_on=given["signed_on"], origin_body=f"dszn-{given['region']}",
            measures=given["measures"], functions=frozenset(functions), bodies=given["bodies"],
            first_day=given["first_day"], last_day=given["last_day"],
        )  # fmt: skip


@require_safe
@allow("officer", "methodologist")
def agreements(request: HttpRequest) -> HttpResponse:
    """An officer sees those in which the own body gives or works, a methodologist all."""
    found = delegation.agreements(of_body=request.viewer.body if request.viewer.role == "officer" else "")
    return render(request, "delegation/list.html", {"found": found, "day": clock.today(), "functions": FUNCTIONS})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def new(request: HttpRequest) -> HttpResponse:
    """Enter an agreement."""
    form, status, problem = AgreementForm(request.POST or None), 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            known = {card.measure for card in measures.measures_list()}
            try:
                entered = delegation.enter_agreement(form.agreement(), known=known, by=request.viewer.login)
            except DomainError as refusal:
                problem, status = str(refusal), 409
            else:
                note_act(request, "agreement", thing=entered, purpose=form.cleaned_data["number"])
                return redirect("agreement", agreement_id=entered)
    return render(request, "delegation/new.html", {"form": form, "problem": problem}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer", "methodologist")
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement; a methodologist ends it."""
    found = delegation.agreement(agreement_id=agreement_id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            _end(request, found)
        except DomainError as refusal:
            problem, status = str(refusal), 409
        else:
            note_act(request, "agreement", thing=agreement_id, purpose=f"Прекращено: {found.number}")
            return redirect("agreement", agreement_id=agreement_id)
    context: dict[str, Any] = {
        "one": found, "day": clock.today(), "problem": problem, "functions": FUNCTIONS, "title_of": measure_title,
        "may_end": request.viewer.role == "methodologist",
    }  # fmt: skip
    return render(request, "delegation/show.html", context, status=status)


def _end(request: HttpRequest, found: delegation.AgreementView) -> None:
    if request.viewer.role != "methodologist":
        raise delegation.AgreementRefused(why="прекращает тот, кто ведёт соглашения")
    delegation.end_agreement(
        agreement_id=found.agreement_id, on=clock.today(), why=request.POST.get("why", ""), by=request.viewer.login
    )
