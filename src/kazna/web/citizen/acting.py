"""«За кого»: the citizen acts for oneself or, as a legal representative, for a ward."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.citizen.own import ACTS_FOR, acting_for
from kazna.web.journal import note_act
from kazna.web.powers import allow

TIES = {
    "mother": _("вы мать"), "father": _("вы отец"), "adoptive": _("вы усыновитель"), "guardian": _("вы опекун"),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def acting(request: HttpRequest) -> HttpResponse:
    """Choose for whom. Only those whom the register shows as one's wards today can be chosen (СК РФ ст. 64, ГК РФ
    ст. 26, 28, 29, 32: parents, adopters and guardians act for minors, guardians for the incapable); the choice is
    written into the ward's journal.
    """
    wards = request.viewer.person_ids[1:]
    if request.method != "POST":
        return render(
            request, "citizen/acting.html", {"form": _form(request), "receipts": cases.applications.receipts()}
        )
    chosen = request.POST.get("person", "")
    if not chosen:
        request.session.pop(ACTS_FOR, None)
        return redirect("my_home")
    ward = next((person_id for person_id in wards if str(person_id) == chosen), None)
    if ward is None:
        raise Http404
    request.session[ACTS_FOR] = str(ward)
    note_act(request, "act_for", person_id=ward, purpose="Открыт кабинет подопечного")
    return redirect("my_home")


def _form(request: HttpRequest) -> forms.Form:
    wards = request.viewer.person_ids[1:]
    cards = registers.cards(wards)
    ties = {
        tie.person_id: str(TIES.get(tie.role, ""))
        for tie in registers.ward_ties(request.viewer.person_ids[0], clock.today())
    }
    choices = [("", _("За себя"))] + [
        (str(ward), f"{cards[ward].full_name} — {ties.get(ward, '')}".rstrip(" —")) for ward in wards if ward in cards
    ]
    form = forms.Form(initial={"person": str(acting_for(request) or "")})
    form.fields["person"] = forms.ChoiceField(label=_("За кого вы действуете"), choices=choices)
    return form
