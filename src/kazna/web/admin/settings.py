"""Settings with their history."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.administration import public as administration
from kazna.plumbing import tunables
from kazna.web.admin.proposing import NEEDED, WhyForm, propose
from kazna.web.powers import allow


class ValueForm(WhyForm):
    value = forms.CharField(label=_("Новое значение"), max_length=4000, strip=False, error_messages=NEEDED)


@require_safe
@allow("administrator")
def settings(request: HttpRequest) -> HttpResponse:
    """All whole-number settings with their present values."""
    rows = [(one, tunables.value(one.name)) for one in administration.TUNABLES.values() if not one.is_text]
    return render(request, "admin/settings.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("administrator")
def setting(request: HttpRequest, code: str) -> HttpResponse:
    """One setting: its value, bounds and history; a change touching rights or money waits for a second person."""
    known = administration.TUNABLES.get(code)
    if known is None or known.is_text:
        raise Http404
    form, status = ValueForm(request.POST or None, initial={"value": tunables.value(code)}), 200
    if request.method == "POST":
        given = form.cleaned_data.get("value", "") if form.is_valid() else ""
        status = propose(request, form, kind="setting", target=code, after={"value": given})
        if status == 302:
            return redirect("admin_changes" if known.is_guarded else "admin_settings")
    shown = {"known": known, "value": tunables.value(code), "form": form, "history": administration.history(code)}
    return render(request, "admin/setting.html", shown, status=status)
