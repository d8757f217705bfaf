"""Consumers of our data: who may ask what, on which ground; opened and shut here."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.disclosure import public as disclosure
from kazna.plumbing import clock
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.words import CHANGE_KINDS, DISCLOSED_FIELDS

NEEDED = {"required": _("Заполните это поле")}


class ConsumerForm(forms.Form):
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
    webhook_url = forms.CharField(label=_("Адрес для уведомлений, если нужны"), max_length=300, required=False)


@require_safe
@allow("methodologist")
def consumers(request: HttpRequest) -> HttpResponse:
    """All agreements with today's use."""
    return render(request, "monitor/consumers.html", {"agreements": disclosure.agreements(now=timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def new_consumer(request: HttpRequest) -> HttpResponse:
    """Open one; the key is shown on the answer and never again."""
    form = ConsumerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        terms = disclosure.NewAgreement(
            number=given["number"], purpose=given["purpose"], legal_ground=given["legal_ground"],
            fields=tuple(given["fields_allowed"]), changes=tuple(given["changes"]),
            territories=tuple(one.strip() for one in given["territories"].split(",") if one.strip()),
            needs_consent=given["needs_consent"], per_minute=given["per_minute"], per_day=given["per_day"],
            valid_from=clock.today(), valid_to=None, webhook_url=given["webhook_url"],
        )  # fmt: skip
        try:
            key, secret = disclosure.open_consumer(
                code=given["code"], title=given["title"], agreement=terms, certificate=given["certificate"]
            )
        except disclosure.ConsumerRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            note_act(request, "consumer", thing=given["code"], purpose=f"Соглашение {given['number']}")
            return render(request, "monitor/consumer_key.html", {"key": key, "secret": secret, "code": given["code"]})
    status = 422 if form.errors else 200
    return render(request, "monitor/new_consumer.html", {"form": form}, status=status)


@require_POST
@allow("methodologist")
def shut(request: HttpRequest, code: str) -> HttpResponse:
    """Shut a consumer out, or let it in again."""
    is_active = request.POST.get("active") == "1"
    disclosure.set_active(code=code, is_active=is_active)
    note_act(request, "consumer", thing=code, purpose="Доступ открыт" if is_active else "Доступ закрыт")
    return redirect("monitor_consumers")
