"""Agreements with agencies: who may ask what of us, on which ground; drafted by one, approved by another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.administration import public as administration
from kazna.contexts.disclosure import public as disclosure
from kazna.plumbing import clock
from kazna.web.admin.changes import WORDS
from kazna.web.admin.proposing import NEEDED, WhyForm, propose
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.words import CHANGE_KINDS, DISCLOSED_FIELDS

DAYS = ["%d.%m.%Y", "%Y-%m-%d"]
DAY_WRONG = {**NEEDED, "invalid": _("Такой даты нет. Введите как 31.03.2026")}
TEXTS = ("title", "certificate", "purpose", "legal_ground", "webhook_url", "needs_consent", "per_minute", "per_day")


class AgreementForm(WhyForm):
    code = forms.CharField(label=_("Код системы"), max_length=40, error_messages=NEEDED)
    title = forms.CharField(label=_("Название ведомства"), max_length=200, error_messages=NEEDED)
    certificate = forms.CharField(label=_("Отпечаток сертификата SHA-256, если есть"), max_length=64, required=False)
    number = forms.CharField(label=_("Номер соглашения"), max_length=60, error_messages=NEEDED)
    purpose = forms.CharField(label=_("Цель, словами для человека"), max_length=300, error_messages=NEEDED)
    legal_ground = forms.CharField(label=_("Правовое основание: акт и статья"), max_length=300, error_messages=NEEDED)
    fields_allowed = forms.MultipleChoiceField(
        label=_("Какие сведения"), choices=list(DISCLOSED_FIELDS.items()), error_messages=NEEDED
    )
    changes = forms.MultipleChoiceField(
        label=_("О каких изменениях сообщать"), choices=list(CHANGE_KINDS.items()), required=False
    )
    territories = forms.RegexField(
        r"^\s*(\d{2}\s*(,\s*\d{2}\s*)*)?$", label=_("Коды регионов через запятую; пусто — везде"), required=False
    )
    needs_consent = forms.BooleanField(label=_("Нужно согласие человека"), required=False)
    per_minute = forms.IntegerField(label=_("Запросов в минуту, не больше"), min_value=1, max_value=100_000, initial=60)
    per_day = forms.IntegerField(label=_("Запросов в сутки, не больше"), min_value=1, max_value=10**8, initial=5000)
    valid_from = forms.DateField(label=_("Действует с"), input_formats=DAYS, error_messages=DAY_WRONG)
    valid_to = forms.DateField(
        label=_("Действует до, если срок назван"), input_formats=DAYS, error_messages=DAY_WRONG, required=False
    )
    webhook_url = forms.CharField(label=_("Адрес для уведомлений, если нужны"), max_length=300, required=False)


@require_safe
@allow("administrator")
def agreements(request: HttpRequest) -> HttpResponse:
    """All agreements with today's use."""
    return render(request, "admin/agreements.html", {"agreements": disclosure.agreements(now=timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("administrator")
def agreement(request: HttpRequest, agreement_id: int | None = None) -> HttpResponse:
    """Draft one or change its fields, limits and terms; what was changed before stands below."""
    known = _known(agreement_id) if agreement_id is not None else None
    initial = _initial(known) if known else {"valid_from": f"{clock.today():%d.%m.%Y}"}
    given = request.POST.copy() if request.method == "POST" else None
    if given is not None and known:
        given["code"], given["number"] = known.consumer, known.terms.number  # by these it is known
    form, status = AgreementForm(given, initial=initial), 200
    if given is not None:
        told = form.cleaned_data if form.is_valid() else {}
        target = f"{told.get('code', '')} {told.get('number', '').strip()}"
        status = propose(request, form, kind="agreement", target=target, after=_after(told) if told else {})
        if status == 302:
            return redirect("admin_changes")
    target = f"{known.consumer} {known.terms.number}" if known else ""
    history = administration.settled(target=target) if known else []
    shown = {"form": form, "known": known, "history": history, **WORDS}
    return render(request, "admin/agreement.html", shown, status=status)


@require_POST
@allow("administrator")
def shut(request: HttpRequest, code: str) -> HttpResponse:
    """Shut a system out at once; only an approved change lets it in again."""
    disclosure.shut_consumer(code=code)
    note_act(request, "consumer", thing=code, purpose="Доступ закрыт")
    return redirect("admin_agreements")


def _known(agreement_id: int) -> disclosure.AgreementView:
    for one in disclosure.agreements(now=timezone.now()):
        if one.agreement_id == agreement_id:
            return one
    raise Http404


def _initial(known: disclosure.AgreementView) -> dict[str, Any]:
    one = known.terms
    return {
        "code": known.consumer, "title": known.title, "certificate": known.certificate, "number": one.number,
        "purpose": one.purpose, "legal_ground": one.legal_ground, "fields_allowed": list(one.fields),
        "changes": list(one.changes), "territories": ", ".join(one.territories), "needs_consent": one.needs_consent,
        "per_minute": one.per_minute, "per_day": one.per_day, "webhook_url": one.webhook_url,
        "valid_from": f"{one.valid_from:%d.%m.%Y}", "valid_to": f"{one.valid_to:%d.%m.%Y}" if one.valid_to else "",
    }  # fmt: skip


def _after(told: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: told[name] for name in TEXTS}, "certificate": told["certificate"].lower(),
        "fields": told["fields_allowed"], "changes": told["changes"],
        "territories": [one.strip() for one in told["territories"].split(",") if one.strip()],
        "valid_from": told["valid_from"].isoformat(),
        "valid_to": told["valid_to"].isoformat() if told["valid_to"] else "", "is_active": True,
    }  # fmt: skip
