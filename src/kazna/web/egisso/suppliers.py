"""Bodies that send data: their application, card, staff, certificates, presence points."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers import public as suppliers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.web.egisso.measures import as_intake
from kazna.web.egisso.supplier_forms import ROLES, ApplicationForm, CertificateForm, MemberForm, PointForm
from kazna.web.journal import note_act
from kazna.web.powers import allow, open_to_all

KEEPERS = ("methodologist", "branch")
POWERS = {"certificate": "sign", "withdraw": "sign", "point": "describe"}  # the rest is about staff


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def apply(request: HttpRequest) -> HttpResponse:
    """A body asks to be a participant; no account is needed."""
    form = ApplicationForm(request.POST or None, regions=egisso.region_codes())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with acting_as(Viewer("agency", "web")):
                    told = suppliers.submit(**form.cleaned_data, now=timezone.now())
                return render(request, "egisso/applied.html", {"application": told})
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    return render(request, "egisso/apply.html", {"form": form}, status=status)


@require_safe
@allow(*KEEPERS)
def bodies(request: HttpRequest) -> HttpResponse:
    """Participants of the region and applications that wait."""
    region = request.viewer.territory if request.viewer.role == "branch" else ""
    shown = {"applications": suppliers.applications(), "bodies": egisso.participants.bodies(region=region)[:500]}
    return render(request, "egisso/bodies.html", shown)


@require_POST
@allow(*KEEPERS)
def decide(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take to work, register with a code, or refuse with a reason."""
    if suppliers.application(application_id) is None:
        raise Http404
    act, by, now = request.POST.get("act", ""), request.viewer.login, timezone.now()
    if act == "register":
        suppliers.register(application_id, code=request.POST.get("code", "").strip(), by=by, on=clock.today(), now=now)
    elif act == "refuse":
        suppliers.refuse(application_id, why=request.POST.get("why", "").strip()[:1000], by=by, now=now)
    else:
        suppliers.take_to_work(application_id, by=by, now=now)
    note_act(request, "application", thing=application_id, purpose=f"Заявка поставщика: {act}")
    return redirect("egisso_bodies")


@require_safe
@allow(*KEEPERS)
def answer(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The official answer to an application that came as 10.11.I and is decided."""
    told = suppliers.application(application_id)
    if told is None or told.source != "10.11.I" or told.decided_at is None:
        raise Http404
    with as_intake(request):
        response = HttpResponse(suppliers.message_answer(told), content_type="application/xml")
    response.headers["Content-Disposition"] = f'attachment; filename="10.11.I-1.0.3-{told.pk}.xml"'
    return response


@require_safe
@allow("supplier")
def own(request: HttpRequest) -> HttpResponse:
    """The card of the viewer's own body."""
    return redirect("egisso_body", code=request.viewer.body)


ACTS = ("member", "close", "certificate", "withdraw", "point")


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist", "branch", "supplier")
def body(request: HttpRequest, code: str) -> HttpResponse:
    """The card of a participant; a supplier sees its own, a branch those of its region."""
    found = egisso.participants.body(code)
    if found is None or not _may_see(request, found):
        raise Http404
    act = request.POST.get("act", "")
    if request.method == "POST" and act not in ACTS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    member = MemberForm(data if act == "member" else None)
    certificate = CertificateForm(data if act == "certificate" else None, request.FILES or None)
    point = PointForm(data if act == "point" else None)
    form = {"certificate": certificate, "point": point}.get(act, member)
    password, status, now = "", 200, timezone.now()
    if data is not None:
        status = 422
        try:
            suppliers.demand(POWERS.get(act, "staff"))
            if act == "close":
                suppliers.close_member(body=code, login=request.POST.get("login", ""), now=now)
                note_act(request, "supplier", thing=code, purpose="Доступ сотрудника закрыт")
                return redirect("egisso_body", code=code)
            if act == "withdraw":
                suppliers.withdraw_certificate(body=code, digest=request.POST.get("digest", ""), now=now)
                return redirect("egisso_body", code=code)
            if form.is_valid():
                if act == "member":
                    password = suppliers.add_member(body=code, **member.cleaned_data, now=now)
                    member, status = MemberForm(), 200
                elif act == "certificate":
                    payload = certificate.cleaned_data["certificate"].read(100_000)
                    suppliers.add_certificate(payload, body=code, on=clock.today(), now=now)
                    return redirect("egisso_body", code=code)
                elif _add_point(request, code, point):
                    return redirect("egisso_body", code=code)
                note_act(request, "supplier", thing=code, purpose=f"Карточка поставщика: {act}")
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = 409
    return render(
        request,
        "egisso/body.html",
        {
            "body": found, "members": suppliers.members(code), "certificates": suppliers.certificates(code),
            "points": egisso.participants.points(code), "member": member, "certificate": certificate, "point": point,
            "form": form, "password": password, "functions": dict(ROLES),
            "may": {power: suppliers.may(power) for power in ("staff", "sign", "describe")},
        },
        status=status,
    )  # fmt: skip


def _add_point(request: HttpRequest, code: str, form: PointForm) -> bool:
    """The point by an official message; its remarks become the form's."""
    told = dict(form.cleaned_data)
    place = {name: str(told.pop(name)) for name in ("latitude", "longitude")}
    measures = [str(one["id"]) for one in egisso.local_measures.cards_of(provider=code)]
    if not measures:
        form.add_error(None, "Сначала внесите в реестр хотя бы одну меру: точка присутствия называет свои меры.")
        return False
    with as_intake(request):
        receipt = egisso.participants.put_point(
            {**told, "place": place, "measures": measures}, provider=code, on=clock.today(), now=timezone.now()
        )
    for record in receipt.rejected:
        for said in record.findings:
            form.add_error(None, f"{said.rule_code}: {said.message}")
    return bool(receipt.accepted)


def _may_see(request: HttpRequest, found) -> bool:  # type: ignore[no-untyped-def]
    viewer = request.viewer
    if viewer.role == "branch":
        return bool(found.territory == viewer.territory)
    return viewer.role == "methodologist" or bool(found.code == viewer.body)
