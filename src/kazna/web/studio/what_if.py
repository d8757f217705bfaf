"""What the draft would change: scenarios of a draft, one beside another, and one of them whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.kernel.errors import DomainError
from kazna.web.journal import note_act
from kazna.web.powers import allow
from kazna.web.studio import sheets
from kazna.web.studio.forms import ScenarioForm
from kazna.web.studio.words import FAMILIES, STATES

MOST_COMPARED, LONG_SECONDS = 4, 5


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def scenarios(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Scenarios of a draft side by side; on POST another one is played."""
    card = studio.draft(draft_id)
    codes = [
        code for code in studio.kept_codes() if card.region in ("", code) and request.viewer.territory in ("", code)
    ]
    form = ScenarioForm(request.POST or None, initial={"territory": card.region, "on": card.first_day})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            if told["territory"] not in codes:
                form.add_error("territory", str(studio.NoSnapshot(code=told["territory"])))
            else:
                try:
                    amount = {"amount": str(told["amount"])} if told["amount"] is not None else {}
                    waits = studio.seconds_to_ready(studio.kept_territory(told["territory"]), told["on"])
                    with studio.watched(_token(request), waits) as advance:
                        found = studio.play_draft(
                            draft_id=draft_id, territory=told["territory"], on=told["on"], name=told["name"],
                            figures=amount, by=request.viewer.login, advance=advance,
                        )  # fmt: skip
                    note_act(request, "settle", thing=found.id, purpose="Сыгран сценарий меры")
                    return redirect("studio_scenario", draft_id=draft_id, scenario_id=found.id)
                except DomainError as refusal:
                    form.add_error(None, str(refusal))
                    status = 409
    rows = studio.scenarios(draft_id)
    chosen = [row for row in rows if str(row.id) in request.GET.getlist("with")][:MOST_COMPARED]
    return render(
        request, "studio/what_if.html",
        {"card": card, "form": form, "rows": rows, "chosen": chosen or rows[:MOST_COMPARED], "codes": codes,
         "states": STATES, "tab": "what_if", "first": _first(codes, card), "token": uuid4()},
        status=status,
    )  # fmt: skip


def _token(request: HttpRequest) -> UUID:
    """Under what the browser asks how far its scenario has come; one of our own where it said nothing sensible."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


@require_safe
@allow("methodologist")
def progress(request: HttpRequest, draft_id: UUID, token: UUID) -> JsonResponse:
    """How far the scenario has come: hundredths and seconds left; nothing when none is played under the token."""
    studio.draft(draft_id)
    far = studio.how_far(token)
    return JsonResponse({} if far is None else {"done": far[0], "left": far[1]})


def _first(codes: list[str], card: studio.DraftCard) -> list[tuple[str, int]]:
    """Territories whose first scenario for the draft's day has to make the facts ready, and the seconds it takes."""
    waits = [(code, studio.seconds_to_ready(studio.kept_territory(code), card.first_day)) for code in codes]
    return [(code, seconds) for code, seconds in waits if seconds > LONG_SECONDS]


@require_safe
@allow("methodologist")
def scenario(request: HttpRequest, draft_id: UUID, scenario_id: UUID) -> HttpResponse:
    """One scenario whole; printed, it is the note to the draft."""
    return _whole(request, draft_id, scenario_id)


def _whole(
    request: HttpRequest, draft_id: UUID, scenario_id: UUID, refusal: str = "", status: int = 200
) -> HttpResponse:
    card, found = studio.draft(draft_id), studio.scenario(scenario_id)
    return render(
        request, "studio/scenario.html",
        {"card": card, "found": found, "told": found.result, "families": FAMILIES, "states": STATES,
         "titles": _titles(), "tab": "what_if", "refusal": refusal, "may_change": card.state in studio.MAY_CHANGE},
        status=status,
    )  # fmt: skip


@require_POST
@allow("methodologist")
def take(request: HttpRequest, draft_id: UUID, scenario_id: UUID) -> HttpResponse:
    """Make the scenario the draft's text; on to its agreement, or to its examples where they do not hold any more."""
    try:
        seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdecimal() else 0
        studio.take_scenario(scenario_id=scenario_id, seen=seen, by=request.viewer.login)
    except DomainError as refusal:
        return _whole(request, draft_id, scenario_id, str(refusal), 409)
    note_act(request, "settle", thing=scenario_id, purpose="Сценарий стал текстом меры")
    try:
        studio.mark_tested(draft_id=draft_id)
    except studio.NotReady:
        if studio.draft(draft_id).state == "draft":
            return redirect("studio_draft", draft_id=draft_id)
    return redirect("studio_agreement", draft_id=draft_id)


@require_safe
@allow("methodologist")
def workbook(request: HttpRequest, draft_id: UUID, scenario_id: UUID) -> HttpResponse:
    """The same figures as a workbook; sums in roubles."""
    card, found = studio.draft(draft_id), studio.scenario(scenario_id)
    return sheets.workbook(f"{card.measure}-{found.territory}", _sheets(card, found))


def _titles() -> dict[str, str]:
    return {card.measure: card.short_title for card in measures.measures_list()}


def _sheets(card: studio.DraftCard, found: studio.ScenarioView) -> list[tuple[str, sheets.Rows]]:
    told: dict[str, Any] = found.result
    poverty = told["poverty"] or {}
    totals: sheets.Rows = [
        (_("Мера"), card.title), (_("Сценарий"), found.name), (_("Территория"), found.territory),
        (_("На день"), found.on), (_("Людей на территории"), told["people"]), (_("Получат"), told["granted"]),
        (_("Не хватает сведений"), told["unknown"]), (_("Выиграют"), told["gain"]), (_("Потеряют"), told["lose"]),
        (_("Стоимость за год, рублей"), sheets.roubles(told["cost_kopecks"])),
        (_("Изменение за год, рублей"), sheets.roubles(told["change_kopecks"])),
        (_("Бедных до"), poverty.get("before")), (_("Бедных после"), poverty.get("after")),
        (_("Пустая ячейка — меньше пяти человек"),),
    ]  # fmt: skip
    years = [(row["year"], row["people"], sheets.roubles(row["kopecks"])) for row in told["years"]]
    return [
        (_("Итоги"), totals),
        (_("По доходу"), _groups(_("По доходу"), told["by_decile"], {})),
        (_("По семьям"), _groups(_("По семьям"), told["by_family"], FAMILIES)),
        (_("По местности"), _groups(_("По местности"), told["by_place"], {})),
        (_("По годам"), [(_("Год"), _("Получат"), _("Рублей")), *years]),
    ]


def _groups(title: str, rows: list[dict[str, Any]], names: Mapping[str, object]) -> sheets.Rows:
    head = (title, _("Получат"), _("Выиграют"), _("Потеряют"), _("Рублей за год"))
    return [head, *(
        (str(names.get(row["key"], row["key"] if row["key"] is not None else _("неизвестно"))), row["people"],
         row["gain"], row["lose"], sheets.roubles(row["kopecks"]))
        for row in rows
    )]  # fmt: skip
