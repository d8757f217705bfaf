"""Forms of the studio."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.web.studio.words import PARTS, PATTERNS

MISSING = {"required": _("Заполните это поле")}
DAY = {"required": _("Укажите день"), "invalid": _("Введите день так: 2027-01-31")}


class NewForm(forms.Form):
    title = forms.CharField(label=_("Название меры"), max_length=200, error_messages=MISSING)
    measure = forms.CharField(label=_("Имя латиницей"), max_length=80, error_messages=MISSING)
    region = forms.CharField(label=_("Код региона"), max_length=2, required=False)
    unit = forms.ChoiceField(
        label=_("О ком решаем"), choices=[("child", _("О ребёнке")), ("person", _("О самом человеке"))],
        error_messages=MISSING,
    )  # fmt: skip
    first_day = forms.DateField(label=_("Первый день"), error_messages=DAY)
    pattern = forms.ChoiceField(label=_("Типовой регламент"), choices=PATTERNS, error_messages=MISSING)
    like = forms.CharField(label=_("Или взять за основу меру"), max_length=80, required=False)


class EditionForm(forms.Form):
    first_day = forms.DateField(label=_("Первый день новой редакции"), error_messages=DAY)


class RemarkForm(forms.Form):
    line = forms.IntegerField(label=_("Строка"), required=False, min_value=0, max_value=100_000)
    text = forms.CharField(label=_("Замечание"), max_length=4000, error_messages=MISSING)


class AgreeForm(forms.Form):
    part = forms.ChoiceField(label=_("За кого"), choices=list(PARTS.items()), error_messages=MISSING)
    remark = forms.CharField(label=_("Пояснение"), max_length=4000, required=False)


class PublishForm(forms.Form):
    look_back = forms.BooleanField(label=_("Пересмотреть прошлое"), required=False)
    reason = forms.CharField(label=_("Основание"), max_length=2000, required=False)


class ImpactForm(forms.Form):
    measure = forms.ChoiceField(label=_("Мера"), error_messages={**MISSING, "invalid_choice": _("Выберите из списка")})
    territory = forms.ChoiceField(
        label=_("Территория"), required=False, error_messages={"invalid_choice": _("Выберите из списка")}
    )
    since = forms.DateField(label=_("День до"), error_messages=DAY)
    until = forms.DateField(label=_("День после"), error_messages=DAY)

    def __init__(self, *args: Any, titles: dict[str, str], codes: list[str], **told: Any) -> None:
        super().__init__(*args, **told)
        fields: dict[str, Any] = self.fields
        fields["measure"].choices = sorted(titles.items(), key=lambda one: one[1])
        fields["territory"].choices = [(code, code or _("все")) for code in codes]


class ScenarioForm(forms.Form):
    name = forms.CharField(label=_("Название сценария"), max_length=200, required=False)
    territory = forms.CharField(label=_("Территория"), max_length=2, error_messages=MISSING)
    on = forms.DateField(label=_("На день"), error_messages=DAY)
    amount = forms.DecimalField(
        label=_("Другой размер, рублей"), required=False, min_value=0, max_digits=12, decimal_places=2, localize=True,
        error_messages={"invalid": _("Введите сумму в рублях"), "min_value": _("Размер не бывает меньше нуля"),
                        "max_digits": _("Слишком большая сумма")},
    )  # fmt: skip
