"""Money people did not live to receive: who waits, to whom it goes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act, note_look
from kazna.web.officer import figures
from kazna.web.powers import allow


class HeirsForm(forms.Form):
    """«112-233-445 95 2»: a СНИЛС and a whole share a line."""

    heirs = forms.CharField(
        label=_("Кому и какая доля"), max_length=2000, error_messages={"required": _("Назовите хотя бы одного")}
    )
    ground = forms.ChoiceField(
        label=_("На каком основании"),
        choices=[
            ("family", _("Семья, которая жила вместе с умершим")),
            ("inheritance", _("Свидетельство о наследстве")),
        ],
        error_messages={"required": _("Выберите основание")},
    )

    def clean_heirs(self) -> dict[UUID, int]:
        """Person → share."""
        shares: dict[UUID, int] = {}
        lines = [line.split() for line in self.cleaned_data["heirs"].splitlines() if line.strip()]
        for number, words in enumerate(lines, 1):
            digits = "".join(ch for ch in "".join(words[:-1]) if ch.isdigit())
            if len(words) < 2 or len(digits) != 11 or not words[-1].isdigit():
                raise forms.ValidationError(
                    _("Строка %(number)s: нужен СНИЛС и доля целым числом"), params={"number": number}
                )
            card = registers.person_by_snils(digits)
            if card is None:
                raise forms.ValidationError(
                    _("Строка %(number)s: человека с этим СНИЛС в реестре нет"), params={"number": number}
                )
            shares[card.person_id] = shares.get(card.person_id, 0) + int(words[-1])
        return shares


@require_safe
@allow("officer")
def inheritances(request: HttpRequest) -> HttpResponse:
    """The dead whose payments wait."""
    told = figures.heirs.get(request.viewer.body)
    found = [_one(one) for one in told.figures] if told else []
    cards = registers.cards([one.recipient_id for one in found])
    for person_id in cards:
        note_look(request, person_id, "Список недополученных сумм")
    context = {
        "found": found, "cards": cards, "counted_at": told and told.counted_at, "named": "named" in request.GET,
    }  # fmt: skip
    return render(request, "officer/money/heirs.html", context)


def _one(told: dict[str, Any]) -> payments.plans.Inheritance:
    """As it was kept."""
    return payments.plans.Inheritance(
        UUID(told["recipient_id"]), date.fromisoformat(told["died_on"]), told["payments"], told["kopecks"]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def heirs(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One of them; on POST those are named to whom a worker pays by shares: first shown, then agreed to."""
    one = next(iter(payments.plans.inheritances(of=person_id)), None)
    if one is None:
        raise Http404
    form, status, problem = HeirsForm(request.POST or None), 200, ""
    sums: dict[UUID, int] = {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = {
                "recipient_id": person_id, "shares": form.cleaned_data["heirs"], "on": clock.today(),
                "by_inheritance": form.cleaned_data["ground"] == "inheritance", "body": request.viewer.body,
            }  # fmt: skip
            try:
                sums, status = payments.share_out(**told), 200
                if request.POST.get("act") == "pay":
                    payments.name_heirs(**told, cause=Cause(document_id=None, received_at=timezone.now()))
                    note_act(request, "heirs", person_id=person_id, purpose="Выплата недополученных сумм")
                    return redirect(f"{reverse('work_heirs')}?named=1")
            except DomainError as refusal:
                problem, status = str(refusal), 409
    note_look(request, person_id, "Недополученные суммы")
    if request.POST.get("act") == "change":
        sums = {}
    for heir_id in sums:
        note_look(request, heir_id, "Наследник недополученных сумм")
    cards = registers.cards([person_id, *sums])
    context = {"one": one, "cards": cards, "form": form, "problem": problem, "sums": sums}
    return render(request, "officer/money/heir.html", context, status=status)
