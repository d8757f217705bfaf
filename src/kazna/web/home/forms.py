"""Forms open to all."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.web.display import COLOURS, SIZES


class SignInForm(forms.Form):
    login = forms.CharField(label=_("Логин"), max_length=60, error_messages={"required": _("Введите логин")})
    password = forms.CharField(
        label=_("Пароль"), max_length=200, strip=False, error_messages={"required": _("Введите пароль")}
    )


class DisplayForm(forms.Form):
    size = forms.ChoiceField(label=_("Размер букв"), choices=list(SIZES.items()))
    colours = forms.ChoiceField(label=_("Цвета"), choices=list(COLOURS.items()))


class PaperForm(forms.Form):
    """A file that claims to be a decision."""

    paper = forms.FileField(
        label=_("Файл решения (PDF)"),
        max_length=200,
        error_messages={
            "required": _("Выберите файл"),
            "empty": _("Файл пустой. Выберите другой"),
            "missing": _("Файл не дошёл. Выберите его ещё раз"),
        },
    )
