"""Changes that wait for a second person, and what was settled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.administration import public as administration
from kazna.web.admin.doubles import WAYS
from kazna.web.journal import note_act
from kazna.web.paging import page_of
from kazna.web.powers import allow
from kazna.web.words import CHANGE_KINDS, DISCLOSED_FIELDS

PER_PAGE = 30
KINDS = {
    "account": _("Сотрудник"), "account_close": _("Закрыть учётную запись"), "account_open": _("Открыть снова"),
    "body": _("Орган"), "body_close": _("Закрыть орган"), "territory": _("Территория"), "setting": _("Настройка"),
    "agreement": _("Соглашение с ведомством"), "fact": _("Отозвать факт назначения"),
}  # fmt: skip
NAMES = {
    "role": _("роль"), "shown_name": _("имя"), "body": _("орган"), "territory": _("территория"),
    "duties": _("обязанности"), "is_active": _("действует"), "title": _("название"), "value": _("значение"),
    "certificate": _("отпечаток сертификата"), "purpose": _("цель"), "legal_ground": _("основание"),
    "fields": _("сведения"), "territories": _("территории"), "changes": _("сообщаем об изменениях"),
    "needs_consent": _("согласие человека"), "per_minute": _("запросов в минуту"), "per_day": _("запросов в сутки"),
    "valid_from": _("действует с"), "valid_to": _("действует до"), "webhook_url": _("адрес уведомлений"),
    "way": _("как отозвать"), "other": _("факт другого органа"),
}  # fmt: skip
STATES = {
    "waiting": _("ждёт"), "applied": _("применено"), "rejected": _("отклонено"), "withdrawn": _("отозвано"),
}  # fmt: skip
DUTIES = {
    "supervise": _("руководит отделом"), "payments": _("отвечает за выплаты"), "appeals": _("смотрит жалобы"),
    "quality": _("проверяет качество"),
}  # fmt: skip
WORDS = {
    "kinds": KINDS,
    "names": NAMES,
    "states": STATES,
    "duties": {**DUTIES, **DISCLOSED_FIELDS, **CHANGE_KINDS},
    "ways": WAYS,
}


@require_safe
@allow("administrator")
def changes(request: HttpRequest) -> HttpResponse:
    """What waits first; then the history, the newest first."""
    page = page_of(
        request,
        lambda before: administration.settled(limit=PER_PAGE + 1, before=before),
        key=lambda row: row.proposed_at.isoformat(),
        parse=_moment,
        size=PER_PAGE,
    )
    shown = {"waiting": administration.waiting(), "page": page, "me": request.viewer.login, **WORDS}
    return render(request, "admin/changes.html", shown)


@require_POST
@allow("administrator")
def settle(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Apply, reject, or take back one's own; a new account's password is shown on the answer and never again."""
    answer, by, now = request.POST.get("answer", ""), request.viewer.login, timezone.now()
    if answer == "withdraw":
        change = administration.withdraw(change_id=change_id, by=by, now=now)
        note_act(request, "settle", thing=change_id, purpose=f"Отозвано: {change.kind} {change.target}")
        return redirect("admin_changes")
    settled = administration.settle(change_id=change_id, approve=answer == "approve", by=by, now=now)
    word = "Применено" if answer == "approve" else "Отклонено"
    change = settled.change
    note_act(request, "settle", thing=change_id, purpose=f"{word}: {change.kind} {change.target}")
    if settled.password:
        page = "admin/key.html" if change.kind == "agreement" else "admin/password.html"
        return render(request, page, {"change": change, "password": settled.password})
    return redirect("admin_changes")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
