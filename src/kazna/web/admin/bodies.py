"""Bodies and territories: added, renamed and closed by two people."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kazna.contexts.administration import public as administration
from kazna.contexts.identity import public as identity
from kazna.web.admin.proposing import NEEDED, WhyForm, propose
from kazna.web.powers import allow


class BodyForm(WhyForm):
    what = forms.ChoiceField(
        label=_("Что добавить или переименовать"), choices=[("body", _("Орган")), ("territory", _("Территория"))],
        error_messages={**NEEDED, "invalid_choice": _("Выберите: орган или территория")},
    )  # fmt: skip
    code = forms.CharField(label=_("Код"), max_length=20, error_messages=NEEDED)
    title = forms.CharField(label=_("Название"), max_length=200, error_messages=NEEDED)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("administrator")
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies with their staff, territories, and the form to propose another."""
    form, status = BodyForm(request.POST or None, initial={"what": "body"}), 200
    if request.method == "POST":
        given = form.cleaned_data if form.is_valid() else {}
        status = propose(
            request, form, kind=given.get("what", ""), target=given.get("code", "").strip(),
            after={"title": given.get("title", "")},
        )  # fmt: skip
        if status == 302:
            return redirect("admin_changes")
    staff: dict[str, int] = {}
    for one in identity.staff():
        staff[one.body] = staff.get(one.body, 0) + 1
    shown = {
        "bodies": administration.bodies(), "territories": administration.territories(), "staff": staff, "form": form,
    }  # fmt: skip
    return render(request, "admin/bodies.html", shown, status=status)


@require_http_methods(["POST"])
@allow("administrator")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Propose to close a body without staff."""
    form = WhyForm(request.POST)
    status = propose(request, form, kind="body_close", target=code, after={})
    if status == 302:
        return redirect("admin_changes")
    return render(request, "admin/refused.html", {"form": form, "back": "/admin/bodies/"}, status=status)
