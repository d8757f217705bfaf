"""Forms for what officers do with awards and drafts, and for the register of decisions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.web.officer.forms import DecisionForm
from kazna.web.words import OUTCOMES

DAYS: dict[str, Any] = {
    "input_formats": ["%d.%m.%Y", "%Y-%m-%d"],
    "error_messages": {"invalid": _("Введите день как 05.03.2026")},
}


class AwardActForm(DecisionForm):
    """What to do with an award, from which day, with which sum, and why."""

    outcome = None  # type: ignore[assignment]
    act = forms.ChoiceField(
        label=_("Что сделать"),
        choices=[
            ("suspend", _("Приостановить")),
            ("resume", _("Возобновить")),
            ("stop", _("Прекратить")),
            ("waive", _("Прекратить по отказу получателя")),
            ("change", _("Изменить размер")),
            ("correct", _("Исправить ошибку")),
        ],
        error_messages={"required": _("Выберите, что сделать")},
    )


class SecondLookForm(forms.Form):
    """Agree, or give back with a reason."""

    verdict = forms.ChoiceField(
        label=_("Ваше слово"),
        choices=[("confirm", _("Подтвердить: решение будет подписано")), ("return", _("Вернуть"))],
        error_messages={"required": _("Выберите: подтвердить или вернуть")},
    )
    reason = forms.CharField(label=_("Почему возвращаете"), required=False, max_length=2000)

    def clean(self) -> None:
        if self.cleaned_data.get("verdict") == "return" and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Напишите, почему возвращаете: это прочитает коллега"))


class RegisterForm(forms.Form):
    """What to find in the register of decisions; everything may be empty."""

    number = forms.CharField(label=_("Номер решения"), required=False, max_length=30)
    who = forms.CharField(label=_("Фамилия и имя или СНИЛС"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Решение"), required=False)
    measure = forms.ChoiceField(label=_("Мера"), required=False)
    by = forms.ChoiceField(
        label=_("Кто решил"),
        required=False,
        choices=[("", _("Все")), ("rule", _("Правило")), ("officer", _("Сотрудник"))],
    )
    since = forms.DateField(label=_("С"), required=False, **DAYS)
    until = forms.DateField(label=_("По"), required=False, **DAYS)

    def __init__(self, data: Mapping[str, Any], *, measures: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", _("Все")), *OUTCOMES.items()]  # type: ignore[attr-defined]
        titles = sorted(measures, key=lambda pair: pair[1])
        self.fields["measure"].choices = [("", _("Все")), *titles]  # type: ignore[attr-defined]
