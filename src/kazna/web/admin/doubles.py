"""Facts of ours that another body repeats: one administrator proposes to take one back, another agrees."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kazna.contexts.administration import public as administration
from kazna.contexts.egisso import public as egisso
from kazna.web.admin.proposing import NEEDED, WhyForm, propose
from kazna.web.powers import allow

WAYS = {"duplicate": _("недействителен: дубль"), "errors": _("недействителен: ошибка"), "deleted": _("удалить")}
MOST_SHOWN = 200


class WithdrawForm(WhyForm):
    fact = forms.UUIDField(label=_("Факт назначения"), error_messages={**NEEDED, "invalid": _("Выберите факт")})
    way = forms.ChoiceField(
        label=_("Как отозвать"), choices=list(WAYS.items()),
        error_messages={**NEEDED, "invalid_choice": _("Выберите, как отозвать")},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@allow("administrator")
def doubles(request: HttpRequest) -> HttpResponse:
    """The doubles, with nothing of the people; on POST a proposal."""
    form, status = WithdrawForm(request.POST or None), 200
    if request.method == "POST":
        given = form.cleaned_data if form.is_valid() else {}
        status = propose(
            request, form, kind="fact", target=str(given.get("fact", "")), after={"way": given.get("way", "")}
        )
        if status == 302:
            return redirect("admin_changes")
    found = egisso.own_doubles()
    shown = {
        "doubles": found[:MOST_SHOWN], "hidden": max(0, len(found) - MOST_SHOWN), "form": form, "ways": WAYS,
        "waiting": {one.target for one in administration.waiting() if one.kind == "fact"},
    }  # fmt: skip
    return render(request, "admin/doubles.html", shown, status=status)
