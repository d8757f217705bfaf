"""Texts of letters: a preview before anything is proposed, two people, history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.administration import public as administration
from kazna.plumbing import tunables
from kazna.web.admin.proposing import propose
from kazna.web.admin.settings import ValueForm
from kazna.web.powers import allow


@require_safe
@allow("administrator")
def texts(request: HttpRequest) -> HttpResponse:
    """All texts as they stand."""
    rows = [(one, tunables.value(one.name)) for one in administration.TUNABLES.values() if one.is_text]
    return render(request, "admin/texts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("administrator")
def text(request: HttpRequest, code: str) -> HttpResponse:
    """One text: `do=preview` shows how a letter would read and proposes nothing."""
    known = administration.TUNABLES.get(code)
    if known is None or not known.is_text:
        raise Http404
    form, status, preview = ValueForm(request.POST or None, initial={"value": tunables.value(code)}), 200, ""
    if request.method == "POST" and request.POST.get("do") == "preview":
        preview, status = _preview(known, form, request.POST.get("value", ""))
    elif request.method == "POST":
        given = form.cleaned_data.get("value", "") if form.is_valid() else ""
        status = propose(request, form, kind="setting", target=code, after={"value": given})
        if status == 302:
            return redirect("admin_changes")
    shown = {
        "known": known, "form": form, "preview": preview or known.preview(tunables.value(code)),
        "is_preview": bool(preview), "history": administration.history(code),
    }  # fmt: skip
    return render(request, "admin/text.html", shown, status=status)


def _preview(known: administration.Tunable, form: ValueForm, typed: str) -> tuple[str, int]:
    """The letter filled with a made-up notice; a preview needs no reason."""
    form.is_valid()
    form.errors.pop("reason", None)
    try:
        return known.preview(known.read(typed)), 200
    except tunables.TunableRefused as refusal:
        form.add_error("value", str(refusal))
        return "", 422
