"""What measures changed: estimates already made, a new one, one of them whole as page and workbook."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.kernel.errors import DomainError
from kazna.kernel.periods import add_months
from kazna.plumbing import clock
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.studio.figures import EFFECTS, LEVELS, effect, told
from kazna.web.studio.forms import ImpactForm
from kazna.web.studio.sheets import workbook
from kazna.web.studio.words import DOUBTS, OUTCOMES, TRAITS


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def impacts(request: HttpRequest) -> HttpResponse:
    """Estimates, the newest first; on POST another one is made over the last snapshot."""
    own = request.viewer.territory
    codes = [code for code in studio.kept_codes() if own in ("", code)]
    today = clock.today()
    usual = {"territory": own, "since": add_months(today, -15), "until": today}
    form = ImpactForm(request.POST or None, initial=usual, titles=_titles(), codes=codes if own else ["", *codes])
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = studio.study_impact(**form.cleaned_data, by=request.viewer.login)
                note_act(request, "settle", thing=found.id, purpose="Оценён эффект меры")
                return redirect("studio_impact", impact_id=found.id)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    page = {
        "form": form,
        "rows": studio.impacts(),
        "codes": codes,
        "titles": _titles(),
        "doubts": DOUBTS,
        "effect": effect,
    }
    return render(request, "studio/impacts.html", page, status=status)


@require_safe
@allow("methodologist")
def impact(request: HttpRequest, impact_id: UUID) -> HttpResponse:
    """One estimate; printed, it is a note. `territory` shows one region of an estimate over all."""
    found = studio.impact(impact_id)
    result: dict[str, Any] = found.result
    region = request.GET.get("territory", "")
    part = next((one for one in result["regions"] if one["territory"] == region), result["whole"])
    return render(
        request, "studio/impact.html",
        {"found": found, "result": result, "latest": date.fromisoformat(result["latest"]), "part": part,
         "rows": [told(row) for row in part["outcomes"]], "region": region, "words": OUTCOMES, "traits": TRAITS,
         "doubts": DOUBTS, "title": _titles().get(found.measure, found.measure)},
    )  # fmt: skip


@require_safe
@allow("methodologist")
def impact_workbook(request: HttpRequest, impact_id: UUID) -> HttpResponse:
    """The whole and every region as a workbook."""
    found = studio.impact(impact_id)
    result: dict[str, Any] = found.result
    parts = [(_("Все"), result["whole"]), *((one["territory"], one) for one in result["regions"])]
    return workbook(
        f"impact-{found.measure}",
        [(_("Эффект"), [_head(), *_effects(parts)]), (_("Сходство"), [_balance_head(), *_balance(parts)])],
    )


def _head() -> list[str]:
    return [
        _("Территория"), _("Пар"), _("Показатель"), _("Эффект"), _("От"), _("До"), _("Без подбора"),
        _("Получившие до"), _("Получившие после"), _("Похожие до"), _("Похожие после"), _("Осторожно"),
    ]  # fmt: skip


def _effects(parts: list[tuple[str, dict[str, Any]]]) -> list[list[Any]]:
    return [
        [name, part["pairs"], str(OUTCOMES[row["key"]]), *(row[key] for key in (*EFFECTS, *LEVELS)),
         " ".join(str(DOUBTS[doubt]) for doubt in part["doubts"])]
        for name, part in parts for row in part["outcomes"]
    ]  # fmt: skip


def _balance_head() -> list[str]:
    return [_("Территория"), _("Признак"), _("Различие до подбора"), _("Различие после подбора")]


def _balance(parts: list[tuple[str, dict[str, Any]]]) -> list[list[Any]]:
    return [
        [name, str(TRAITS[row["key"]]), row["before"], row["after"]] for name, part in parts for row in part["balance"]
    ]


def _titles() -> dict[str, str]:
    return {card.measure: card.short_title for card in measures.measures_list()}
