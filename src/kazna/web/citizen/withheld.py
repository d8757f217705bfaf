"""What enforcement documents withhold from my payments: who wants it, how much, by which law; the living minimum."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kazna.contexts.payments import public as payments
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.citizen.own import me
from kazna.web.journal import note_act
from kazna.web.powers import allow

IN_FORCE = ("confirmed", "active", "suspended")


class MinimumForm(forms.Form):
    """Keep the living minimum of my group out of what is withheld."""

    writ = forms.UUIDField(error_messages={"required": _("Выберите документ"), "invalid": _("Выберите документ")})
    group = forms.ChoiceField(
        label=_("Кто вы"),
        choices=[("working_age", _("Работаю или ищу работу")), ("pensioner", _("Получаю пенсию"))],
        error_messages={"required": _("Выберите, кто вы"), "invalid_choice": _("Выберите, кто вы")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def withheld(request: HttpRequest) -> HttpResponse:
    """Documents against me; on POST an application to keep the minimum."""
    person_id = me(request)
    found = payments.writs_of(person_id=person_id)
    form, status = MinimumForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            writ_id: UUID = form.cleaned_data["writ"]
            if writ_id not in {one.writ_id for one in found}:
                raise Http404
            try:
                payments.ask_minimum(
                    writ_id=writ_id, group=form.cleaned_data["group"], by=request.viewer.login, on=clock.today()
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                note_act(
                    request, "writ", person_id=person_id, thing=writ_id, purpose="Заявление о прожиточном минимуме"
                )
                return redirect("my_withheld")
    askable = [
        one for one in found
        if one.may_keep_minimum and one.state in IN_FORCE and not one.minimum_group
        and not any(waiting.act == "minimum" for waiting in one.proposals)
    ]  # fmt: skip
    context = {"found": found, "form": form, "askable": askable}
    return render(request, "citizen/withheld.html", context, status=status)
