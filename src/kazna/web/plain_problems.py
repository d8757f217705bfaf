"""What forms say of a field left empty and of a text too long or too short, in plain words instead of Django's own."""

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as ngettext

TOO_LONG = ngettext(
    "Слишком длинно, не больше %(limit_value)d знака, сейчас %(show_value)d",
    "Слишком длинно, не больше %(limit_value)d знаков, сейчас %(show_value)d",
    "limit_value",
)
TOO_SHORT = ngettext(
    "Слишком коротко, не меньше %(limit_value)d знака, сейчас %(show_value)d",
    "Слишком коротко, не меньше %(limit_value)d знаков, сейчас %(show_value)d",
    "limit_value",
)


def speak_plainly() -> None:
    """Told once, when the addresses of the screens are loaded."""
    MaxLengthValidator.message = TOO_LONG  # type: ignore[assignment]
    MinLengthValidator.message = TOO_SHORT  # type: ignore[assignment]
    forms.Field.default_error_messages["required"] = _("Заполните это поле")
