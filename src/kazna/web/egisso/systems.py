"""The system of a body: keys of its REST, the address its news are sent to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers import public as suppliers
from kazna.web.egisso.supplier_forms import AddressForm
from kazna.web.journal import note_act
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist", "branch")
def system(request: HttpRequest, code: str) -> HttpResponse:
    """Give a key, withdraw all, set the address; what is secret is shown once."""
    body = egisso.participants.body(code)
    viewer = request.viewer
    if body is None or (viewer.role == "branch" and body.territory != viewer.territory):
        raise Http404
    act, now, key, secret, status = request.POST.get("act", ""), timezone.now(), "", "", 200
    form = AddressForm(request.POST if act == "address" else {"url": suppliers.webhook_url(body=code)})
    if act == "give":
        key = suppliers.give_key(body=code, now=now)
    elif act == "withdraw":
        suppliers.withdraw_keys(body=code, now=now)
    elif act == "address" and form.is_valid():
        try:
            secret = suppliers.set_webhook(body=code, url=form.cleaned_data["url"], now=now)
        except suppliers.AddressRefused as refusal:
            form.add_error("url", str(refusal))
    if act == "address" and form.errors:
        status = 422
    elif act:
        note_act(request, "supplier", thing=code, purpose=f"Система поставщика: {act}")
    page = {
        "body": body, "keys": suppliers.live_keys(body=code), "form": form, "key": key, "secret": secret, "act": act,
        "told": suppliers.webhook_url(body=code),
    }  # fmt: skip
    return render(request, "egisso/system.html", page, status=status)
