"""The register of local measures: find one, describe one, take a region's register in from a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.egisso import public as egisso
from kazna.contexts.measures import public as law
from kazna.contexts.suppliers import public as suppliers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.web.egisso.forms import CheckForm
from kazna.web.egisso.measure_forms import card_from, forms_of
from kazna.web.journal import note_act
from kazna.web.paging import page_of
from kazna.web.powers import allow

local = egisso.local_measures
PAGE, MOST_SHOWN = 50, 200
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHO = ("methodologist", "supplier", "branch")


def provider_of(request: HttpRequest) -> str:
    """The body whose measures the viewer keeps; "" for the operator, who sees all."""
    return request.viewer.body if request.viewer.role == "supplier" else ""


@contextmanager
def as_intake(request: HttpRequest) -> Iterator[None]:
    """Powers of the intake while a package is taken, then the viewer's own again."""
    with acting_as(Viewer("agency", request.viewer.login, request.viewer.body)):
        yield
    with acting_as(request.viewer):
        pass


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*WHO)
def measures(request: HttpRequest) -> HttpResponse:
    """Search; drafts of the body; on POST a new draft, by hand or from a rule of the law."""
    provider = provider_of(request)
    if request.method == "POST":
        if request.viewer.role == "branch":
            raise Http404
        suppliers.demand("describe")
        version_of = request.POST.get("version_of", "")
        draft_id = local.start(
            provider=request.viewer.body or egisso.OWN_PARTICIPANT, by=request.viewer.login, now=timezone.now(),
            on=clock.today(), law_measure=request.POST.get("rule", ""),
            version_of=_uuid(version_of) if version_of else None,
        )  # fmt: skip
        note_act(request, "draft", thing=draft_id, purpose="Черновик локальной меры")
        return redirect("egisso_draft", draft_id=draft_id)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "region", "msz", "category")}
    mine = provider if request.GET.get("mine") else ""
    in_force = not request.GET.get("all")
    page = page_of(
        request,
        lambda after: local.search(
            words=asked["q"], region=asked["region"], msz=asked["msz"], category=asked["category"], provider=mine,
            on=clock.today(), in_force=in_force, after=after, limit=PAGE + 1,
        ),
        key=lambda row: row.key, parse=_rank_and_id, size=PAGE,
    )  # fmt: skip
    return render(
        request,
        "egisso/measures.html",
        {
            "page": page, "asked": asked, "mine": mine, "in_force": in_force, "provider": provider,
            "drafts": [] if request.viewer.role == "branch" else local.drafts(provider=provider),
            "rules": law.measures_list(), "form": CheckForm(), "regions": egisso.regions(),
            "different": local.different(on=clock.today()) if request.viewer.role == "methodologist" else [],
        },
    )  # fmt: skip


@require_safe
@allow(*WHO)
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """One version of a measure: its card, versions, assignments under it."""
    found = local.measure(measure_id)
    if found is None:
        raise Http404
    names = {field: dict(rows) for field, rows in local.choices(clock.today()).items()}  # codes of lists coincide
    can_change = request.viewer.role != "branch" and found.provider in ("", request.viewer.body or found.provider)
    return render(
        request,
        "egisso/measure.html",
        {
            "measure": found, "card": found.card, "versions": local.line_of(measure_id), "names": names,
            "uses": local.uses_of(measure_id, on=clock.today()), "can_change": can_change,
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist", "supplier")
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The form of a card; on POST keep it, and judge, record or drop it."""
    provider, now, on = provider_of(request), timezone.now(), clock.today()
    found = _draft(draft_id, provider)
    choices = local.choices(on)
    data = request.POST if request.method == "POST" else None
    if data is not None:
        suppliers.demand("describe")
    if data is not None and "drop" in data:
        local.drop(draft_id, provider=provider)
        return redirect("egisso_measures")
    form, sets = forms_of(found.card, choices, data)
    judgement, suggested, receipt, status = None, None, None, 200
    if data is not None:
        status = 422
        if form.is_valid() and all(one.is_valid() for one in sets.values()):
            status = 200
            found = local.save(
                draft_id, card_from(form, sets), provider=provider, by=request.viewer.login, now=now, on=on
            )
            if "record" in data:
                with as_intake(request):
                    receipt = local.record(draft_id, provider=provider, by=request.viewer.login, on=on, now=now)
                if receipt.accepted:
                    note_act(request, "measure", thing=draft_id, purpose="Мера внесена в реестр")
                    return redirect("egisso_measure", measure_id=draft_id)
            if not any(name.startswith("add_") for name in data):
                form, sets = forms_of(found.card, choices)
            judgement = local.judge(found, on=on, now=now)
            suggested = local.suggest(
                title=found.title, categories=" ".join(str(one.get("title", "")) for one in found.card["categories"]),
                level=str(found.card.get("level", "")), form=str(found.card.get("form", "")), on=on,
            )  # fmt: skip
    return render(
        request,
        "egisso/draft.html",
        {
            "draft": found, "form": form, "sets": sets, "judgement": judgement, "suggested": suggested,
            "printed": local.PRINTED if found.law_measure else (),
        },
        status=status,
    )  # fmt: skip


@require_safe
@allow(*WHO)
def table(request: HttpRequest) -> HttpResponse:
    """The register as a spreadsheet: of the body, of a region, or the empty form."""
    cards: list[dict[str, Any]] = []
    if not request.GET.get("blank"):
        cards = local.cards_of(provider=provider_of(request), region=request.GET.get("region", ""))
    response = HttpResponse(local.write_measures(cards), content_type=SHEET)
    response.headers["Content-Disposition"] = 'attachment; filename="local-measures.xlsx"'
    return response


@require_POST
@allow("methodologist", "supplier")
def take_table(request: HttpRequest) -> HttpResponse:
    """Take a table (.xlsx) or a 10.05.I message in; the answer is its protocol."""
    form = CheckForm(request.POST, request.FILES)
    verdicts: list[dict[str, Any]] = []
    name = ""
    suppliers.demand("describe")
    if form.is_valid():
        given: UploadedFile = form.cleaned_data["package"]
        name = given.name or ""
        verdicts = _taken(request, given)
        note_act(request, "measures", thing=name, purpose="Загрузка реестра мер")
    told = [one for one in verdicts if one["remarks"]]
    context = {
        "form": form, "name": name, "records": sum(one["records"] for one in verdicts if "records" in one),
        "accepted": sum(one.get("took", 0) for one in verdicts), "told": told[:MOST_SHOWN],
        "hidden": max(0, len(told) - MOST_SHOWN),
    }  # fmt: skip
    return render(request, "egisso/taken.html", context, status=200 if form.is_valid() else 422)


def _taken(request: HttpRequest, given: UploadedFile) -> list[dict[str, Any]]:
    """Counts of each package, then its remarks with the row of the table."""
    provider = request.viewer.body or egisso.OWN_PARTICIPANT
    now, on, payload = timezone.now(), clock.today(), given.read()
    found: list[dict[str, Any]] = []
    try:
        with as_intake(request):
            receipts: Any
            if payload[:2] == b"PK":
                receipts = list(
                    local.take_table(payload, provider=provider, on=on, now=now, file_name=given.name or "")
                )
            elif refused := egisso.not_of(payload, ("10.05.I",), given.name or ""):
                receipts = [(refused, [])]
            else:
                known = egisso.known(on, to_record=True)
                receipts = [
                    (
                        egisso.take_package(
                            payload, known=known, provider=provider, on=on, received_at=now, file_name=given.name or ""
                        ),
                        [],
                    )
                ]
    except DomainError as refusal:
        return [{"records": 0, "took": 0, "number": 0, "remarks": [{"message": str(refusal), "what_to_do": "",
                                                                    "rule_code": "900"}]}]  # fmt: skip
    for receipt, rows in receipts:
        found.append({"records": receipt.records, "took": receipt.accepted, "number": 0,
                      "remarks": [one.plain() for one in receipt.refusals]})  # fmt: skip
        for record in receipt.rejected:
            row = rows[record.number - 1] if rows else record.line
            found.append({"number": row, "remarks": [one.plain() for one in record.findings]})
    return found


def _draft(draft_id: UUID, provider: str) -> Any:
    try:
        found = local.draft(draft_id, provider=provider)
    except DomainError as refusal:
        raise Http404 from refusal
    if found.recorded_at:
        raise Http404
    return found


def _rank_and_id(text: str) -> tuple[str, UUID]:
    rank, _, ident = text.partition("_")
    float(rank)
    return rank, UUID(ident)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong
