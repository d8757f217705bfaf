"""Forms of the portal: a question, news, a request for data."""

from django import forms
from django.utils.translation import gettext_lazy as _

CATEGORIES = [
    ("access", _("Вход и доступ")),
    ("load", _("Загрузка сведений и протоколы")),
    ("measure", _("Меры и классификатор")),
    ("data", _("Открытые данные")),
    ("other", _("Другое")),
]
DAYS = ["%d.%m.%Y", "%Y-%m-%d"]


class AskForm(forms.Form):
    category = forms.ChoiceField(
        label=_("О чём вопрос"), choices=CATEGORIES, error_messages={"required": _("Выберите, о чём вопрос")}
    )
    text = forms.CharField(label=_("Вопрос"), max_length=4000, error_messages={"required": _("Напишите вопрос")})
    email = forms.EmailField(
        label=_("Куда ответить"),
        error_messages={
            "required": _("Введите адрес почты"),
            "invalid": _("Проверьте адрес почты: он пишется как name@example.ru"),
        },
    )


class NewsForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Что публикуем"), choices=[("news", _("Новость")), ("announcement", _("Объявление"))]
    )
    title = forms.CharField(label=_("Заголовок"), max_length=300, error_messages={"required": _("Напишите заголовок")})
    text = forms.CharField(label=_("Текст"), max_length=8000, error_messages={"required": _("Напишите текст")})
    shown_from = forms.DateField(
        label=_("Показывать с"),
        input_formats=DAYS,
        error_messages={"required": _("Укажите дату"), "invalid": _("Введите день как 05.03.2026")},
    )


class RequestForm(forms.Form):
    agency = forms.CharField(label=_("Ведомство"), max_length=300, error_messages={"required": _("Назовите ведомство")})
    purpose = forms.CharField(label=_("Цель"), max_length=1000, error_messages={"required": _("Напишите цель")})
    ground = forms.CharField(
        label=_("Правовое основание"), max_length=500, error_messages={"required": _("Назовите основание")}
    )
    quarter = forms.CharField(
        label=_("Квартал, как 2026Q1"), max_length=6, error_messages={"required": _("Введите квартал")}
    )
    region = forms.CharField(label=_("Код региона, если нужен один"), max_length=2, required=False)
