"""Agreement of a version and its publication: remarks on lines, three people's answers, differences in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.rules.compare import differences
from kazna.rules.drafting import check_draft
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.studio.forms import AgreeForm, PublishForm, RemarkForm
from kazna.web.studio.words import PARTS, STATES


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def show(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The page; on POST one of: remark, agree, disagree, publish."""
    card = studio.draft(draft_id)
    forms: dict[str, Any] = {"remark": RemarkForm(), "agree": AgreeForm(), "publish": PublishForm()}
    status = 200
    if request.method == "POST":
        act = request.POST.get("do", "")
        kind = "agree" if act == "disagree" else act
        if kind in forms:
            form = forms[kind] = type(forms[kind])(request.POST)
            status = _act(form, lambda: _do(request, card, act, form.cleaned_data))
            if status == 302:
                return redirect("studio_agreement", draft_id=draft_id)
            card = studio.draft(draft_id)
    return render(request, "studio/agreement.html", {**_page(card), "forms": forms, "tab": "agree"}, status=status)


def _act(form: Any, do: Callable[[], None]) -> int:
    if not form.is_valid():
        return 422
    try:
        do()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 302


def _do(request: HttpRequest, card: studio.DraftCard, act: str, told: dict[str, Any]) -> None:
    by = request.viewer.login
    if act == "remark":
        studio.write_remark(draft_id=card.id, line=told["line"] or 0, text=told["text"], by=by)
    elif act == "publish":
        studio.publish(draft_id=card.id, by=by, on=clock.today(), now=timezone.now(), **told)
    else:
        studio.agree(draft_id=card.id, part=told["part"], agrees=act == "agree", remark=told["remark"], by=by)
    note_act(request, "settle", thing=card.id, purpose=f"Черновик меры: {act}")


def _page(card: studio.DraftCard) -> dict[str, Any]:
    told = studio.version(card.id, card.version)
    law = measures.law_in_force()
    checked = check_draft(law, told.measure_text, told.figures_text)
    before = [one for one in law.measures.get(card.measure, ()) if one.start < card.first_day]
    changes = (
        differences(before[-1], checked.edition, on=(before[-1].start, card.first_day))
        if before and checked.edition is not None else []
    )  # fmt: skip
    given = {one.part: one for one in studio.agreements(card.id, card.version)}
    return {
        "card": card, "checked": checked, "states": STATES, "parts": PARTS, "given": given, "changes": changes,
        "is_first": not before, "remarks": studio.remarks(card.id), "versions": studio.versions(card.id),
        "lines": list(enumerate(told.measure_text.splitlines(), start=1)), "day": clock.today(),
    }  # fmt: skip
