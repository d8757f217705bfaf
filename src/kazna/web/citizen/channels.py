"""How I am told: e-mail, push messages, quiet hours; which devices get them and may open the cabinet."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from kazna.contexts.identity import public as identity
from kazna.contexts.notifications import public as notifications
from kazna.kernel.errors import DomainError
from kazna.web.journal import note_act
from kazna.web.place import place_of
from kazna.web.powers import allow
from kazna.web.push_key import push_key

HOURS = [("", _("Нет"))] + [(str(hour), f"{hour:02d}:00") for hour in range(24)]
CHALLENGE = "passkey_adding"


class ChannelsForm(forms.Form):
    by_email = forms.BooleanField(label=_("Письма на почту"), required=False)
    by_push = forms.BooleanField(label=_("Сообщения на устройства"), required=False)
    quiet_from = forms.ChoiceField(label=_("Не беспокоить с"), choices=HOURS, required=False)
    quiet_to = forms.ChoiceField(label=_("Не беспокоить до"), choices=HOURS, required=False)

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        if bool(found.get("quiet_from")) != bool(found.get("quiet_to")):
            self.add_error("quiet_to", _("Выберите оба часа: с какого и до какого не беспокоить"))
        return found

    def chosen(self) -> notifications.ChannelsView:
        found = self.cleaned_data
        hours = [int(found[name]) if found[name] else None for name in ("quiet_from", "quiet_to")]
        return notifications.ChannelsView(found["by_email"], found["by_push"], *hours)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def channels(request: HttpRequest) -> HttpResponse:
    """The choice is one's own, whoever one acts for."""
    person_id = request.viewer.person_ids[0]
    form, status = ChannelsForm(_initial(person_id)), 200
    if request.method == "POST":
        form, status = ChannelsForm(request.POST), 422
        if form.is_valid():
            notifications.choose_channels(person_id=person_id, chosen=form.chosen())
            return redirect("my_channels")
    context = {
        "form": form,
        "devices": notifications.devices_of(person_id=person_id),
        "keys": identity.passkeys.keys_of(account=request.user),
        "push_key": push_key(),
    }
    return render(request, "citizen/channels.html", context, status=status)


def _initial(person_id: UUID) -> dict[str, object]:
    now = notifications.channels_of(person_id=person_id)
    hours = {name: "" if (hour := getattr(now, name)) is None else str(hour) for name in ("quiet_from", "quiet_to")}
    return {"by_email": now.by_email, "by_push": now.by_push, **hours}


@require_POST
@allow("citizen")
def add_device(request: HttpRequest) -> HttpResponse:
    """The browser's subscription; 409 with the reason when it is not taken."""
    told = {name: request.POST.get(name, "")[:600] for name in ("endpoint", "p256dh", "auth", "name")}
    try:
        notifications.add_device(person_id=request.viewer.person_ids[0], **told)
    except DomainError as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    return JsonResponse({})


@require_POST
@allow("citizen")
def drop_device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """No more messages there."""
    notifications.drop_device(person_id=request.viewer.person_ids[0], device_id=device_id)
    return redirect("my_channels")


@require_POST
@allow("citizen")
def begin_key(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a key."""
    try:
        options, challenge = identity.passkeys.begin_adding(account=request.user, place=place_of(request))
    except DomainError as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    request.session[CHALLENGE] = challenge
    return HttpResponse(options, content_type="application/json")


@require_POST
@allow("citizen")
def add_key(request: HttpRequest) -> HttpResponse:
    """The key made; its challenge serves once."""
    try:
        identity.passkeys.add(
            account=request.user,
            place=place_of(request),
            challenge=request.session.pop(CHALLENGE, ""),
            answer=request.POST.get("answer", ""),
            name=request.POST.get("name", ""),
            now=timezone.now(),
        )
    except DomainError as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    note_act(request, "passkey", person_id=request.viewer.person_ids[0], purpose="Добавлен вход по ключу устройства")
    return JsonResponse({})


@require_POST
@allow("citizen")
def drop_key(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """That device opens the cabinet no more."""
    identity.passkeys.drop(account=request.user, passkey_id=passkey_id)
    note_act(request, "passkey", person_id=request.viewer.person_ids[0], purpose="Удалён вход по ключу устройства")
    return redirect("my_channels")
