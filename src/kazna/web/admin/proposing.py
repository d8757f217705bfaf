"""What every form of administration does: propose, tell what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kazna.contexts.administration import public as administration
from kazna.kernel.errors import DomainError
from kazna.web.journal import note_act

NEEDED = {"required": _("Заполните это поле")}


class WhyForm(forms.Form):
    """Every change says what for."""

    reason = forms.CharField(
        label=_("Зачем"), min_length=10, max_length=1000,
        error_messages={
            "required": _("Напишите, зачем: второй администратор и проверяющий прочитают"),
            "min_length": _("Слишком коротко: напишите хотя бы одно предложение"),
        },
    )  # fmt: skip


def propose(request: HttpRequest, form: forms.Form, *, kind: str, target: str, after: Mapping[str, Any]) -> int:
    """302 when proposed, 422 for a wrong form, 409 when the domain refuses (then the form says why)."""
    if not form.is_valid():
        return 422
    try:
        change = administration.propose(
            kind=kind, target=target, after=after, reason=form.cleaned_data["reason"], by=request.viewer.login,
            now=timezone.now(),
        )  # fmt: skip
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    act = "propose" if change.state == "waiting" else "apply"
    note_act(request, act, thing=change.change_id, purpose=f"{kind} {target}: {change.reason}")
    return 302
