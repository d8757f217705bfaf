"""Forms of the cabinet."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.kernel.identifiers import account_is_valid


class AccountForm(forms.Form):
    """A bank account for payments: nine digits of БИК, twenty of the account, their control key agrees."""

    bik = forms.CharField(label=_("БИК банка"), max_length=40, error_messages={"required": _("Введите БИК банка")})
    account = forms.CharField(
        label=_("Номер счёта"), max_length=60, error_messages={"required": _("Введите номер счёта")}
    )

    card = forms.CharField(label=_("Первые шесть цифр карты, если счёт с картой"), required=False, max_length=10)

    def clean_card(self) -> str:
        """«mir», or empty for an account without a card. МИР cards begin with 2200–2204."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["card"])
        if not digits:
            return ""
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise forms.ValidationError(_("Нужны только первые шесть цифр номера карты"))
        if not "2200" <= digits[:4] <= "2204":
            raise forms.ValidationError(
                _("Это карта не «Мир». Деньги бюджета приходят на «Мир» или на счёт без карты: дайте другой счёт")
            )
        return "mir"

    def clean_bik(self) -> str:
        return self._digits("bik", 9, _("В БИК должно быть 9 цифр. Его можно скопировать из реквизитов счёта в банке"))

    def clean_account(self) -> str:
        wrong = _("В номере счёта должно быть 20 цифр. Номер карты не подойдёт: нужен номер счёта из реквизитов")
        return self._digits("account", 20, wrong)

    def _digits(self, name: str, count: int, wrong: str) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data[name])
        if not re.fullmatch(rf"[0-9]{{{count}}}", digits):
            raise forms.ValidationError(wrong)
        return digits

    def clean(self) -> None:
        bik, account = self.cleaned_data.get("bik"), self.cleaned_data.get("account")
        if bik and account and not account_is_valid(bik, account):
            wrong = _("БИК и номер счёта не подходят друг к другу. Сверьте обе строки с реквизитами")
            self.add_error("account", wrong)
