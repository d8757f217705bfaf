"""The catalogue of fact kinds: read it, propose a change, settle the change of another person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.web.journal import note_act
from kazna.web.law.forms import KindFileForm, KindForm, kind_entry, kind_initial
from kazna.web.powers import allow


@require_safe
@allow("methodologist", "administrator")
def kinds(request: HttpRequest) -> HttpResponse:
    """All kinds, filtered by words and stage; changes that wait for a second person above them."""
    words, stage = request.GET.get("q", "").casefold().strip(), request.GET.get("stage", "")
    found = [
        one
        for one in registers.kinds()
        if stage in ("", one.stage) and words in f"{one.code} {one.title} {one.holder}".casefold()
    ]
    field: dict[str, list[str]] = {}
    for fact in registers.domain_facts():
        field.setdefault(fact.kind, []).append(fact.title)
    return render(
        request,
        "law/kinds.html",
        {
            "kinds": found, "q": request.GET.get("q", ""), "stage": stage, "stages": ("stored", "cached", "on_demand"),
            "waiting": registers.kind_changes(is_open=True), "field": field, "me": request.viewer.login,
            "form": KindFileForm(),
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist", "administrator")
def kind(request: HttpRequest, code: str = "") -> HttpResponse:
    """One kind as a form; on POST the change goes to a second person. Without a code: a new kind."""
    known = next((one for one in registers.kinds() if one.code == code), None)
    if code and known is None:
        raise Http404
    form = KindForm(request.POST or None, initial=kind_initial(known) if known else None)

    def propose() -> None:
        entry = kind_entry(form.cleaned_data)
        registers.propose_kinds(
            {known.code if known else form.cleaned_data["code"]: entry},
            reason=form.cleaned_data["why"],
            by=request.viewer.login,
        )
        note_act(request, "settle", thing=code or form.cleaned_data["code"], purpose=form.cleaned_data["why"])

    if known:
        form.fields["code"].required = False
    status = _try(request, form, propose)
    if status == 302:
        return redirect("law_kinds")
    return render(request, "law/kind.html", {"kind": known, "form": form}, status=status)


@require_http_methods(["POST"])
@allow("methodologist", "administrator")
def load(request: HttpRequest) -> HttpResponse:
    """Propose all kinds of a file."""
    form = KindFileForm(request.POST, request.FILES)

    def propose() -> None:
        entries = registers.read_kinds_text(form.cleaned_data["file"].read(), form.cleaned_data["file"].name)
        registers.propose_kinds(entries, reason=form.cleaned_data["reason"], by=request.viewer.login)

    status = _try(request, form, propose)
    if status == 302:
        return redirect("law_kinds")
    return render(request, "law/kind_file.html", {"form": form}, status=status)


@require_http_methods(["POST"])
@allow("methodologist", "administrator")
def settle(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Approve or reject; a refusal of the domain becomes its own page."""
    change = registers.settle_kind_change(
        change_id=change_id,
        approve=request.POST.get("answer") == "approve",
        by=request.viewer.login,
        now=timezone.now(),
    )
    note_act(request, "settle", thing=change.code, purpose=change.reason)
    return redirect("law_kinds")


def _try(request: HttpRequest, form: Any, act: Callable[[], None]) -> int:
    """200 to show the form, 302 when done, 422 for a wrong form, 409 when the domain refuses."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 302
