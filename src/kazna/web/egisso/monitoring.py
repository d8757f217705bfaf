"""The weekly reports of the branch: loading and registration, as a screen, a workbook, an e-mail; letters."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers import public as suppliers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.egisso.measures import SHEET, as_intake
from kazna.web.egisso.supplier_forms import GroupItemForm, GroupMemberForm, MailForm
from kazna.web.journal import note_act
from kazna.web.paging import page_of
from kazna.web.powers import allow

KEEPERS = ("methodologist", "branch")
LINES_SHOWN = 100


def _asked(request: HttpRequest) -> tuple[date, str, str]:
    """Week, grouping and region of the address; what cannot be read means this week, by body."""
    try:
        week = suppliers.monday(date.fromisoformat(request.GET.get("week", "")))
    except ValueError:
        week = suppliers.monday(clock.today())
    by = request.GET.get("by", "")
    by = by if by in ("municipality", "region") else "body"
    return week, by, _region(request)


def _after(lines: list[suppliers.Line], key: str | None) -> list[suppliers.Line]:
    """A page of lines and one more; a key that is not there means the beginning."""
    place = next((number for number, line in enumerate(lines, 1) if line.key == key), 0)
    return lines[place : place + LINES_SHOWN + 1]


def _region(request: HttpRequest) -> str:
    return request.viewer.territory if request.viewer.role == "branch" else request.GET.get("region", "")[:2]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*KEEPERS)
def weekly(request: HttpRequest) -> HttpResponse:
    """The report of a week; on POST count again, prepare letters, send one, or mail the report."""
    week, by, region = _asked(request)
    mail, status = MailForm(request.POST if request.POST.get("act") in ("mail", "reader") else None), 200
    if request.method == "POST":
        try:
            if _done(request, week, by, region, mail):
                return redirect(f"{reverse('egisso_monitoring')}?{request.GET.urlencode()}")
            status = 422
        except DomainError as refusal:
            mail = MailForm(request.POST)
            mail.is_valid()
            mail.errors.clear()
            mail.add_error(None, str(refusal))
            status = 409
    report = suppliers.report(week=week, by=by, region=region)
    page = page_of(request, partial(_after, report.lines), key=lambda line: line.key, parse=str, size=LINES_SHOWN)
    return render(
        request,
        "egisso/weekly.html",
        {
            "report": report, "page": page, "by": by, "region": region, "form": mail,
            "before": week - timedelta(weeks=1), "after": week + timedelta(weeks=1),
            "letters": suppliers.letters(
                week=week, bodies=[line.key for line in page.rows] if by == "body" else None, limit=2 * LINES_SHOWN
            ), "regions": egisso.region_codes(),
            "names": dict(egisso.region_codes()), "due_days": suppliers.DUE_DAYS,
            "readers": suppliers.readers(region=region), "mailings": suppliers.mailings(week=week),
        },
        status=status,
    )  # fmt: skip


def _done(request: HttpRequest, week: date, by: str, region: str, mail: MailForm) -> bool:
    act, now = request.POST.get("act", ""), timezone.now()
    if act == "collect":
        with as_intake(request):
            suppliers.collect(on=clock.today())
    elif act == "letters":
        suppliers.prepare_letters(week=week, region=region, now=now)
    elif act == "send" and request.POST.get("letter", "").isdecimal():
        suppliers.send_letter(int(request.POST["letter"]), now=now)
    elif act == "reader" and mail.is_valid():
        suppliers.add_reader(region=region, email=mail.cleaned_data["to"], by=request.viewer.login, now=now)
    elif act == "drop_reader":
        suppliers.drop_reader(region=region, email=request.POST.get("email", ""))
    elif act == "mail" and mail.is_valid():
        suppliers.mail_report(suppliers.report(week=week, by=by, region=region), to=mail.cleaned_data["to"])
    else:
        return False
    note_act(request, "monitoring", thing=week, purpose=f"Еженедельный отчёт: {act}")
    return True


@require_safe
@allow(*KEEPERS)
def book(request: HttpRequest) -> HttpResponse:
    """The report as a workbook."""
    week, by, region = _asked(request)
    told = suppliers.report(week=week, by=by, region=region)
    response = HttpResponse(suppliers.workbook(told), content_type=SHEET)
    response.headers["Content-Disposition"] = f'attachment; filename="egisso-{week}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*KEEPERS)
def group(request: HttpRequest) -> HttpResponse:
    """The working group of a region: members, plan, meetings, proposals, decisions and their execution."""
    region = _region(request) or "77"
    act = request.POST.get("act", "")
    data = request.POST if request.method == "POST" else None
    member = GroupMemberForm(data if act == "member" else None)
    told = suppliers.group_of(region, on=clock.today())
    meetings = [(one.pk, f"{one.day:%d.%m.%Y} — {one.title[:60]}") for one in told.items if one.kind == "meeting"]
    item = GroupItemForm(data if act == "item" else None, meetings=meetings)
    form, status = (member if act == "member" else item), 200
    if data is not None:
        status = 422
        try:
            if act == "close" and request.POST.get("item", "").isdecimal():
                suppliers.close_group_item(int(request.POST["item"]), result=request.POST.get("result", "")[:1000])
                return redirect(f"{reverse('egisso_group')}?region={region}")
            if act == "end" and request.POST.get("member", "").isdecimal():
                suppliers.end_group_member(int(request.POST["member"]), region=region, on=clock.today())
                return redirect(f"{reverse('egisso_group')}?region={region}")
            if form.is_valid():
                add = suppliers.add_group_member if act == "member" else suppliers.add_group_item
                add(region=region, **form.cleaned_data)
                return redirect(f"{reverse('egisso_group')}?region={region}")
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = 409
    return render(
        request,
        "egisso/group.html",
        {
            "group": told, "member": member, "item": item, "form": form,
            "execution": suppliers.execution(on=clock.today()),
            "day": clock.today(), "names": dict(egisso.region_codes()), "regions": egisso.region_codes(),
        },
        status=status,
    )  # fmt: skip
