"""Forms of the fact catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.contexts.registers import public as registers

STAGES = [
    ("stored", _("Храним")),
    ("cached", _("Храним ответ, пока свежий")),
    ("on_demand", _("Спрашиваем каждый раз")),
]
COMPLETENESS = [
    ("full", _("Нет строки — значит нет")),
    ("answer", _("Нет строки — неизвестно, пока не ответит держатель")),
    ("claimed", _("Нет строки — действует общее правило")),
]
SENSITIVITY = [
    ("public", _("Открытые")), ("personal", _("Персональные данные")), ("family", _("Семейные сведения")),
    ("special", _("Особые категории")), ("medical secrecy", _("Врачебная тайна")),
    ("bank secrecy", _("Банковская тайна")), ("tax secrecy", _("Налоговая тайна")),
]  # fmt: skip
MISSING = {"required": _("Заполните это поле")}


class KindForm(forms.Form):
    """A kind of facts; `value` a line per key: «amount_kopecks: int»."""

    code = forms.CharField(label=_("Код вида"), max_length=60, error_messages=MISSING)
    title = forms.CharField(label=_("Название"), max_length=200, error_messages=MISSING)
    holder = forms.CharField(label=_("Держатель"), max_length=200, error_messages=MISSING)
    stage = forms.ChoiceField(label=_("Хранение"), choices=STAGES, error_messages=MISSING)
    fresh_days = forms.IntegerField(
        label=_("Сколько дней ответ свежий"), required=False, min_value=1, max_value=3660,
        error_messages={"invalid": _("Введите целое число дней"), "min_value": _("Не меньше одного дня"),
                        "max_value": _("Не больше десяти лет")},
    )  # fmt: skip
    completeness = forms.ChoiceField(label=_("Если строки нет"), choices=COMPLETENESS, error_messages=MISSING)
    sensitivity = forms.ChoiceField(label=_("Какая это тайна"), choices=SENSITIVITY, error_messages=MISSING)
    value = forms.CharField(label=_("Ключи значения"), required=False, max_length=4000)
    sources = forms.CharField(label=_("Старшинство источников"), required=False, max_length=200)
    compared = forms.CharField(label=_("По каким ключам сверяем"), required=False, max_length=200)
    about = forms.CharField(label=_("По каким ключам различаем"), required=False, max_length=200)
    precedence_reason = forms.CharField(label=_("Почему такое старшинство"), required=False, max_length=500)
    why = forms.CharField(
        label=_("Зачем меняем"), min_length=10, max_length=2000,
        error_messages={"required": _("Напишите, зачем: это прочитает второй человек"),
                        "min_length": _("Обоснование слишком короткое: напишите хотя бы одно предложение")},
    )  # fmt: skip

    def clean_value(self) -> dict[str, str]:
        """Lines «key: what stands there»."""
        value = {}
        for line in filter(None, map(str.strip, self.cleaned_data["value"].splitlines())):
            key, colon, shape = line.partition(":")
            if not colon or not shape.strip():
                raise forms.ValidationError(_("Пишите по одному ключу в строке: amount_kopecks: int"))
            value[key.strip()] = shape.strip()
        return value


class KindFileForm(forms.Form):
    file = forms.FileField(
        label=_("Файл каталога, YAML"), max_length=200,
        error_messages={"required": _("Выберите файл"), "empty": _("Файл пустой. Выберите другой"),
                        "missing": _("Файл не дошёл. Выберите его ещё раз")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Зачем меняем"), min_length=10, max_length=2000,
        error_messages={"required": _("Напишите, зачем: это прочитает второй человек"),
                        "min_length": _("Обоснование слишком короткое: напишите хотя бы одно предложение")},
    )  # fmt: skip


def kind_initial(kind: registers.KindView) -> dict[str, Any]:
    """A kind as the form shows it."""
    precedence = kind.precedence
    return {
        **{name: getattr(kind, name) for name in ("code", "title", "holder", "stage", "fresh_days", "completeness",
                                                   "sensitivity")},
        "value": "\n".join(f"{key}: {shape}" for key, shape in kind.value.items()),
        "sources": ", ".join(precedence.get("sources", ())),
        "compared": ", ".join(precedence.get("compared", ())),
        "about": ", ".join(precedence.get("about", ())),
        "precedence_reason": precedence.get("reason", ""),
    }  # fmt: skip


def kind_entry(told: dict[str, Any]) -> dict[str, Any]:
    """What the form told, as an entry of the catalogue."""
    names = ("title", "holder", "stage", "fresh_days", "completeness", "sensitivity", "value")
    entry = {name: told[name] for name in names if told[name] is not None}
    if told["sources"].strip() or told["precedence_reason"].strip():
        entry["precedence"] = {
            "sources": _listed(told["sources"]),
            "compared": _listed(told["compared"]),
            "reason": told["precedence_reason"],
        } | ({"about": _listed(told["about"])} if told["about"].strip() else {})
    return entry


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
