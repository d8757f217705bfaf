"""Forms of suppliers: application, staff, certificates, presence points, letters, working groups."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WRONG_EMAIL = _("Проверьте адрес почты: он пишется как name@example.ru")
NOT_A_NUMBER = _("Введите число")
DAYS = ["%d.%m.%Y", "%Y-%m-%d"]
ROLES = [
    ("loader", _("Загружает сведения")),
    ("methodologist", _("Описывает меры")),
    ("signer", _("Подписывает пакеты")),
    ("head", _("Руководит")),
]


def text(label: Any, length: int, missing: Any, **named: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, error_messages={"required": missing}, **named)


class ApplicationForm(forms.Form):
    title = text(_("Полное наименование органа"), 500, _("Напишите наименование органа"))
    inn = forms.RegexField(r"^\d{10}$", label=_("ИНН"), error_messages={
        "required": _("Введите ИНН"), "invalid": _("ИНН организации состоит из 10 цифр")})  # fmt: skip
    ogrn = forms.RegexField(r"^\d{13}$", label=_("ОГРН"), error_messages={
        "required": _("Введите ОГРН"), "invalid": _("ОГРН состоит из 13 цифр")})  # fmt: skip
    region = forms.ChoiceField(label=_("Регион"), error_messages={"required": _("Выберите регион")})
    oktmo = forms.RegexField(r"^\d{8}(\d{3})?$", label=_("Код ОКТМО"), required=False,
                             error_messages={"invalid": _("ОКТМО состоит из 8 или 11 цифр")})  # fmt: skip
    address = forms.CharField(label=_("Адрес"), max_length=500, required=False)
    contact = text(_("Кто отвечает: имя и должность"), 200, _("Назовите, с кем связаться"))
    email = forms.EmailField(label=_("Электронная почта"), error_messages={
        "required": _("Введите адрес почты"), "invalid": WRONG_EMAIL})  # fmt: skip

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["region"].choices = [("", "—"), *regions]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    login = forms.RegexField(r"^[a-z0-9._-]{3,60}$", label=_("Логин"), error_messages={
        "required": _("Введите логин"), "invalid": _("Логин: от 3 латинских строчных букв, цифр, точек")})  # fmt: skip
    name = text(_("Имя и должность"), 200, _("Напишите имя"))
    role = forms.ChoiceField(label=_("Что делает"), choices=ROLES)


class CertificateForm(forms.Form):
    certificate = forms.FileField(label=_("Сертификат"), error_messages={"required": _("Выберите файл сертификата")})


class PointForm(forms.Form):
    title = text(_("Название точки присутствия"), 500, _("Назовите точку"))
    address = text(_("Адрес"), 500, _("Напишите адрес"))
    oktmo = forms.RegexField(r"^\d{8}$", label=_("Код ОКТМО"), error_messages={
        "required": _("Введите ОКТМО"), "invalid": _("ОКТМО точки состоит из 8 цифр")})  # fmt: skip
    contacts = text(_("Телефоны"), 500, _("Напишите телефон"))
    schedule = text(_("Часы приёма"), 500, _("Напишите часы приёма"))
    latitude = forms.FloatField(label=_("Широта"), min_value=-90, max_value=90,
                                error_messages={"required": _("Введите широту"), "invalid": NOT_A_NUMBER})  # fmt: skip
    longitude = forms.FloatField(
        label=_("Долгота"),
        min_value=-180,
        max_value=180,
        error_messages={"required": _("Введите долготу"), "invalid": NOT_A_NUMBER},
    )


class MailForm(forms.Form):
    to = forms.EmailField(label=_("Отправить отчёт на адрес"), error_messages={
        "required": _("Введите адрес почты"), "invalid": WRONG_EMAIL})  # fmt: skip


class GroupMemberForm(forms.Form):
    name = text(_("Имя"), 200, _("Напишите имя"))
    post = text(_("Должность"), 300, _("Напишите должность"))
    role = forms.ChoiceField(label=_("Роль в группе"), choices=[
        ("head", _("Руководитель")), ("deputy", _("Заместитель")), ("secretary", _("Секретарь")),
        ("member", _("Участник"))])  # fmt: skip


class GroupItemForm(forms.Form):
    kind = forms.ChoiceField(label=_("Что записать"), choices=[
        ("plan", _("Пункт плана")), ("meeting", _("Заседание")), ("proposal", _("Предложение")),
        ("decision", _("Решение"))])  # fmt: skip
    title = text(_("Содержание"), 1000, _("Напишите содержание"))
    day = forms.DateField(label=_("Дата"), input_formats=DAYS, error_messages={
        "required": _("Укажите дату"), "invalid": _("Введите день как 05.03.2026")})  # fmt: skip
    answerable = forms.CharField(label=_("Ответственный"), max_length=200, required=False)
    due_on = forms.DateField(label=_("Срок"), input_formats=DAYS, required=False,
                             error_messages={"invalid": _("Введите день как 05.03.2026")})  # fmt: skip
    meeting = forms.TypedChoiceField(label=_("На каком заседании"), coerce=int, empty_value=None, required=False,
                                     error_messages={"invalid_choice": _("Выберите заседание из списка")})  # fmt: skip

    def __init__(self, *args: Any, meetings: Sequence[tuple[int, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["meeting"].choices = [("", _("Не на заседании")), *meetings]  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    url = forms.CharField(label=_("Адрес уведомлений"), max_length=300, required=False)
