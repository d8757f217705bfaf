"""Forms of enforcement documents: entry, what is done with one, the second officer's word."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.web.officer.forms import DOCUMENT_MISSING, kopecks_of
from kazna.web.officer.forms_decisions import DAYS

GROUPS = [("working_age", _("Трудоспособные")), ("pensioner", _("Пенсионеры"))]
PAPER = {"label": _("Основание: чей документ, номер и дата"), "max_length": 200}


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    messages = {**DAYS["error_messages"], "required": _("Введите день как 05.03.2026")}
    return forms.DateField(label=label, required=required, input_formats=DAYS["input_formats"], error_messages=messages)


class WritForm(forms.Form):
    """A document as it lies on the table."""

    snils = forms.CharField(
        label=_("СНИЛС должника"), max_length=20, error_messages={"required": _("Введите СНИЛС должника")}
    )
    claim = forms.ChoiceField(label=_("Что взыскивают"), error_messages={"required": _("Выберите, что взыскивают")})
    form = forms.ChoiceField(label=_("Вид документа"), error_messages={"required": _("Выберите вид документа")})
    number = forms.CharField(
        label=_("Номер документа"), max_length=60, error_messages={"required": _("Введите номер документа")}
    )
    issued_on = _day(_("Когда выдан"), required=True)
    issued_by = forms.CharField(
        label=_("Кто выдал: суд или пристав"), max_length=200, error_messages={"required": _("Напишите, кто выдал")}
    )
    creditor_name = forms.CharField(
        label=_("Взыскатель или счёт приставов"), max_length=160, error_messages={"required": _("Назовите взыскателя")}
    )
    creditor_inn = forms.CharField(label=_("ИНН взыскателя"), required=False, max_length=12)
    creditor_bik = forms.CharField(
        label=_("БИК банка взыскателя"), max_length=9, error_messages={"required": _("Введите БИК банка")}
    )
    creditor_account = forms.CharField(
        label=_("Счёт взыскателя"), max_length=20, error_messages={"required": _("Введите номер счёта")}
    )
    share = forms.CharField(label=_("Доля дохода"), required=False, max_length=10)
    monthly = forms.CharField(label=_("Сумма в месяц, рублей"), required=False, max_length=20)
    debt = forms.CharField(label=_("Долг, рублей"), required=False, max_length=20)
    percent = forms.IntegerField(
        label=_("Сколько процентов велел удерживать пристав"), required=False, min_value=1, max_value=70,
        error_messages={
            "invalid": _("Введите целое число"), "max_value": _("Больше 70 процентов удерживать нельзя"),
            "min_value": _("Введите целое число"),
        },
    )  # fmt: skip
    first_day = _day(_("С какого дня взыскивать"), required=True)
    last_day = _day(_("С какого дня больше не взыскивать"))
    minimum = forms.ChoiceField(label=_("Сохранить прожиточный минимум"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        claims = payments.levy_rules().claims.values()
        self.fields["claim"].choices = [(one.code, one.title) for one in claims]  # type: ignore[attr-defined]
        kinds = [(code, title.capitalize()) for code, title in payments.WRIT_FORMS.items()]
        self.fields["form"].choices = kinds  # type: ignore[attr-defined]
        self.fields["minimum"].choices = [("", _("Не велено")), *GROUPS]  # type: ignore[attr-defined]

    def clean_snils(self) -> UUID:
        digits = "".join(letter for letter in self.cleaned_data["snils"] if letter.isdigit())
        card = registers.person_by_snils(digits) if len(digits) == 11 else None
        if card is None:
            raise forms.ValidationError(_("Человека с этим СНИЛС в реестре нет"))
        return card.person_id

    def clean_share(self) -> tuple[int, int] | None:
        text = re.sub(r"\s", "", self.cleaned_data["share"])
        if not text:
            return None
        found = re.fullmatch(r"([1-9]\d{0,2})/([1-9]\d{0,2})", text)
        if found is None:
            raise forms.ValidationError(_("Введите долю как 1/4"))
        return int(found[1]), int(found[2])

    def clean_monthly(self) -> int | None:
        return _sum(self.cleaned_data["monthly"])

    def clean_debt(self) -> int | None:
        return _sum(self.cleaned_data["debt"])

    def document(self, body: str) -> payments.NewWrit:
        """What was filled in, as the door takes it."""
        given = self.cleaned_data
        top, bottom = given["share"] or (None, None)
        return payments.NewWrit(
            body=body, debtor_id=given["snils"], claim=given["claim"], form=given["form"], number=given["number"],
            issued_on=given["issued_on"], issued_by=given["issued_by"], creditor_name=given["creditor_name"],
            creditor_inn=given["creditor_inn"], creditor_bik=given["creditor_bik"],
            creditor_account=given["creditor_account"], share_top=top, share_bottom=bottom,
            monthly_kopecks=given["monthly"], debt_kopecks=given["debt"], percent=given["percent"],
            first_day=given["first_day"], last_day=given["last_day"], minimum_group=given["minimum"],
        )  # fmt: skip


class WritActForm(forms.Form):
    """What to do with a document in force; another officer confirms."""

    do = forms.ChoiceField(
        label=_("Что сделать"),
        choices=[
            ("suspend", _("Приостановить")),
            ("resume", _("Возобновить")),
            ("end", _("Окончить")),
            ("withdraw", _("Отозван тем, кто выдал")),
            ("minimum", _("Сохранять прожиточный минимум")),
            ("no_minimum", _("Больше не сохранять прожиточный минимум")),
        ],
        error_messages={"required": _("Выберите, что сделать")},
    )
    since = _day(_("С какого дня"))
    group = forms.ChoiceField(label=_("Чей минимум"), required=False, choices=[("", _("Не меняется")), *GROUPS])
    paper = forms.CharField(**PAPER, error_messages={"required": DOCUMENT_MISSING})

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("do") in ("end", "withdraw") and not given.get("since") and "since" not in self.errors:
            self.add_error("since", _("Назовите день: что удержано с него, вернётся человеку"))
        if given.get("do") == "minimum" and not given.get("group"):
            self.add_error("group", _("Выберите группу"))


class WritChangeForm(forms.Form):
    """Terms that become different; what is left empty stays."""

    creditor_name = forms.CharField(label=_("Взыскатель"), required=False, max_length=160)
    creditor_bik = forms.CharField(label=_("БИК банка взыскателя"), required=False, max_length=9)
    creditor_account = forms.CharField(label=_("Счёт взыскателя"), required=False, max_length=20)
    debt = forms.CharField(label=_("Долг всего, рублей"), required=False, max_length=20)
    last_day = _day(_("С какого дня больше не взыскивать"))
    ground = forms.CharField(**PAPER, error_messages={"required": DOCUMENT_MISSING})

    def clean_debt(self) -> int | None:
        return _sum(self.cleaned_data["debt"])

    def terms(self) -> dict[str, Any]:
        """Only what was filled in."""
        given = self.cleaned_data
        found = {
            **{name: given[name].strip() for name in ("creditor_name", "creditor_bik", "creditor_account")},
            "debt_kopecks": given["debt"],
            "last_day": given["last_day"].isoformat() if given["last_day"] else None,
        }
        return {name: told for name, told in found.items() if told}


def _sum(text: str) -> int | None:
    return kopecks_of(text.strip()) if text.strip() else None
