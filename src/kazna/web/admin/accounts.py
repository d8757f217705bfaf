"""Who works here: role, body, duties; opened, changed and closed by two people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.administration import public as administration
from kazna.contexts.identity import public as identity
from kazna.web.admin.changes import DUTIES, WORDS
from kazna.web.admin.proposing import NEEDED, WhyForm, propose
from kazna.web.powers import allow

ROLES = {"officer": _("Специалист"), "methodologist": _("Методолог"), "administrator": _("Администратор")}


class AccountForm(WhyForm):
    login = forms.RegexField(
        r"^[a-z][a-z0-9._-]{2,59}$", label=_("Логин"),
        error_messages={**NEEDED, "invalid": _("Логин — латинские строчные буквы и цифры, от 3 до 60 знаков")},
    )  # fmt: skip
    shown_name = forms.CharField(label=_("Фамилия, имя, отчество"), max_length=200, error_messages=NEEDED)
    role = forms.ChoiceField(
        label=_("Роль"), choices=[*ROLES.items()],
        error_messages={**NEEDED, "invalid_choice": _("Выберите роль из списка")},
    )  # fmt: skip
    body = forms.ChoiceField(
        label=_("Орган"), required=False, error_messages={"invalid_choice": _("Выберите орган из списка")}
    )
    duties = forms.MultipleChoiceField(
        label=_("Обязанности"), choices=[*DUTIES.items()], required=False,
        error_messages={"invalid_choice": _("Выберите обязанности из списка")},
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        bodies = [(one.code, one.title) for one in administration.bodies() if one.is_active]
        self.fields["body"].choices = [("", _("без органа")), *bodies]  # type: ignore[attr-defined]


@require_safe
@allow("administrator")
def accounts(request: HttpRequest) -> HttpResponse:
    """Staff by body; closed ones too. Narrowed by words of the login or the name."""
    words = request.GET.get("q", "").casefold().strip()[:100]
    found = [one for one in identity.staff(with_closed=True) if words in f"{one.login} {one.shown_name}".casefold()]
    waits = {one.target for one in administration.waiting() if one.kind.startswith("account")}
    shown = {"accounts": found, "q": request.GET.get("q", ""), "waits": waits, **WORDS}
    return render(request, "admin/accounts.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("administrator")
def account(request: HttpRequest, login: str = "") -> HttpResponse:
    """One account as a form; on POST the change goes to a second person. Without a login: a new account."""
    known = _known(login) if login else None
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and known:
        data["login"], data["role"] = known.login, known.role
    first = {
        "login": known.login, "shown_name": known.shown_name, "role": known.role, "body": known.body,
        "duties": list(known.duties),
    } if known else {"role": "officer"}  # fmt: skip
    form, status = AccountForm(data, initial=first), 200
    if request.method == "POST":
        after = {}
        if form.is_valid():
            after = {name: form.cleaned_data[name] for name in ("shown_name", "role", "body", "duties")}
        status = propose(request, form, kind="account", target=form.cleaned_data.get("login", ""), after=after)
        if status == 302:
            return redirect("admin_changes")
    history = administration.settled(target=login, limit=10) if known else []
    shown = {"form": form, "known": known, "history": history, "why": WhyForm(), **WORDS}
    return render(request, "admin/account.html", shown, status=status)


@require_http_methods(["POST"])
@allow("administrator")
def close(request: HttpRequest, login: str) -> HttpResponse:
    """Propose to close an account, or to open a closed one again."""
    known, form = _known(login), WhyForm(request.POST)
    kind = "account_close" if known.is_active else "account_open"
    status = propose(request, form, kind=kind, target=login, after={})
    if status == 302:
        return redirect("admin_changes")
    return render(request, "admin/refused.html", {"form": form, "back": f"/admin/accounts/{login}/"}, status=status)


def _known(login: str) -> identity.AccountCard:
    found = next((one for one in identity.staff(with_closed=True) if one.login == login), None)
    if found is None:
        raise Http404
    return found
