"""The card of a local measure as a form: fields of 10.05.I 2.1.0, its repeated blocks as numbered rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from kazna.contexts.egisso.public import local_measures as local

Card = dict[str, Any]
DAYS = ["%d.%m.%Y", "%Y-%m-%d"]
YES_NO = [("true", _("да")), ("false", _("нет"))]
MOST_ROWS = 40


class Day(forms.DateField):
    """A day as people write it; kept as ISO."""

    def __init__(self, **named: Any) -> None:
        super().__init__(
            required=False, input_formats=DAYS, error_messages={"invalid": _("Введите день как 05.03.2026")}, **named
        )

    def prepare_value(self, value: Any) -> Any:
        """A kept day is shown as it is written; what was typed stays as it was typed."""
        try:
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        except (TypeError, ValueError):
            return value


class MeasureForm(forms.Form):
    """What stands once in the card. Nothing is required here: the control of the register names what is missing."""

    title = forms.CharField(label=_("Наименование"), max_length=2000, required=False)
    first_day = Day(label=_("Действует с"))
    last_day = Day(label=_("Действует по"))
    msz = forms.ChoiceField(label=_("Мера по КМСЗ"), required=False)
    part = forms.ChoiceField(label=_("Раздел КМСЗ"), required=False)
    level = forms.ChoiceField(label=_("Уровень акта"), required=False)
    form = forms.ChoiceField(label=_("Форма предоставления"), required=False)
    periodicity = forms.ChoiceField(label=_("Периодичность"), required=False)
    estimation = forms.CharField(label=_("Размер или правила расчёта"), max_length=2000, required=False)
    cases = forms.CharField(label=_("Основание"), max_length=2000, required=False)
    conditions = forms.CharField(label=_("Условия"), max_length=2000, required=False)
    territories = forms.CharField(label=_("Территории, коды ОКТМО из 8 цифр"), max_length=4000, required=False)
    kbk = forms.CharField(label=_("КБК"), max_length=20, required=False)
    frgu = forms.CharField(label=_("Код услуги в ФРГУ"), max_length=30, required=False)
    request_forms = forms.MultipleChoiceField(
        label=_("Как обратиться"), choices=[("1", _("На бумаге")), ("2", _("В электронном виде"))], required=False
    )
    answer_forms = forms.MultipleChoiceField(
        label=_("Как получить результат"),
        choices=[("1", _("На бумаге")), ("2", _("В электронном виде")), ("3", _("Решением"))],
        required=False,
    )
    family = forms.ChoiceField(
        label=_("Кому считается"),
        choices=[("", _("Человеку")), ("1", _("Семье")), ("2", _("Домохозяйству"))],
        required=False,
    )
    person_living = forms.ChoiceField(
        label=_("Лицо-основание"),
        choices=[("", _("не важно")), ("0", _("должно быть живо")), ("1", _("может быть умершим")), ("2", _("умерло"))],
        required=False,
    )
    inherits_facts = forms.BooleanField(label=_("Наследовать назначения прежней версии"), required=False)
    inherits_points = forms.BooleanField(label=_("Наследовать точки присутствия"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, list[tuple[str, str]]], **named: Any) -> None:
        super().__init__(*args, **named)
        for name in ("msz", "part", "level", "form", "periodicity"):
            self.fields[name].choices = [("", "—"), *choices[name]]  # type: ignore[attr-defined]


class CategoryRow(forms.Form):
    id = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Категория вашими словами"), max_length=2000, required=False)
    category = forms.ChoiceField(label=_("Типовая категория"), required=False)
    criteria = forms.CharField(label=_("Критерии нуждаемости"), max_length=300, required=False)


class ShareRow(forms.Form):
    funding = forms.ChoiceField(label=_("Источник"), required=False)
    quota = forms.CharField(label=_("Доля, %"), max_length=8, required=False)


class ActRow(forms.Form):
    number = forms.CharField(label=_("Номер акта"), max_length=20, required=False)
    date = Day(label=_("Дата"))
    title = forms.CharField(label=_("Наименование акта"), max_length=2000, required=False)
    authority = forms.CharField(label=_("Кто принял"), max_length=2000, required=False)
    url = forms.CharField(label=_("Ссылка"), max_length=1000, required=False)


class PaperRow(forms.Form):
    documentTypeName = forms.CharField(label=_("Документ"), max_length=2000, required=False)
    documentOrigin = forms.CharField(label=_("Подлинник или копия"), max_length=8, required=False)
    documentQ = forms.CharField(label=_("Сколько"), max_length=4, required=False)
    documentNess = forms.ChoiceField(label=_("Обязателен"), choices=YES_NO, required=False)
    documentComment = forms.CharField(label=_("Примечание"), max_length=1024, required=False)


class StepRow(forms.Form):
    stepH = forms.CharField(label=_("Шаг коротко"), max_length=50, required=False)
    stepDescr = forms.CharField(label=_("Что сделать подробно"), max_length=1024, required=False)


class MethodRow(forms.Form):
    method = forms.CharField(label=_("Способ обращения, код"), max_length=2, required=False)
    url = forms.CharField(label=_("Адрес услуги"), max_length=500, required=False)


ROWS: dict[str, type[forms.Form]] = {
    "categories": CategoryRow,
    "shares": ShareRow,
    "acts": ActRow,
    "papers": PaperRow,
    "methods": MethodRow,
    "steps": StepRow,
}
KEYS = {"categories": "title", "shares": "funding", "acts": "title", "papers": "documentTypeName", "methods": "method",
        "steps": "stepH"}  # fmt: skip
Sets = dict[str, Any]  # a formset by the name of its block


def forms_of(card: Card, choices: Mapping[str, list[tuple[str, str]]], data: Any = None) -> tuple[MeasureForm, Sets]:
    """The form and its rows, filled from a card or bound to what was sent; «add_acts» in it adds a row."""
    known = {**card, "first_day": card.get("from"), "last_day": card.get("to")}
    known["territories"] = " ".join(card.get("territories") or ())
    for name in ("inherits_facts", "inherits_points"):
        known[name] = str(card.get(name, "")).lower() in ("true", "1")
    sets: Sets = {}
    for name, row in ROWS.items():
        kind = formset_factory(row, extra=0, min_num=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        sent = data
        if data is not None and f"add_{name}" in data:
            sent = data.copy()
            sent[f"{name}-TOTAL_FORMS"] = str(min(MOST_ROWS, int(sent.get(f"{name}-TOTAL_FORMS") or 0) + 1))
        shown = [_shown(one) for one in card.get(name) or [{}]]
        # a sent row that equals its initial value would count as not filled in
        sets[name] = kind(sent, initial=None if sent is not None else shown, prefix=name)
        for form in sets[name].forms:
            for field in ("category", "funding"):
                if field in form.fields:
                    form.fields[field].choices = [("", "—"), *choices[field]]
    return MeasureForm(data, initial=known, choices=choices), sets


def _shown(row: Card) -> Card:
    criteria = row.get("criteria")
    if isinstance(criteria, list):
        return {**row, "criteria": local.criteria_said(criteria)}
    return row


def card_from(form: MeasureForm, sets: Sets) -> Card:
    """The card in our words from valid forms; rows without their main value are left out."""
    told = dict(form.cleaned_data)
    first, last = told.pop("first_day"), told.pop("last_day")
    card: Card = {
        **told, "from": first.isoformat() if first else "", "to": last.isoformat() if last else "",
        "territories": told["territories"].replace(",", " ").replace(";", " ").split(),
    }  # fmt: skip
    for name in ("inherits_facts", "inherits_points"):
        card[name] = "true" if told[name] else ""
    for name, rows in sets.items():
        card[name] = [_row(one.cleaned_data) for one in rows.forms if one.cleaned_data.get(KEYS[name])]
    card["steps"] = local.numbered(card["steps"])
    return card


def _row(told: Card) -> Card:
    row = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}
    if "quota" in row:
        row["quota"] = row["quota"].replace(",", ".").strip(" %")
    if "criteria" in row:
        row["criteria"] = local.criteria_of(row["criteria"])
    return {name: value for name, value in row.items() if value not in (None, "", [])}
