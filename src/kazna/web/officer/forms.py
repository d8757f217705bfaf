"""Forms of the officer's workplace."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.kernel.money import Money

REASON = _("Обоснование")
REASON_MISSING = _("Напишите обоснование: его прочитает гражданин и проверяющий")

TOO_SHORT = _("Обоснование слишком короткое: напишите хотя бы одно предложение")

PURPOSES = {
    "reception": _("Приём гражданина"),
    "check": _("Проверка сведений"),
    "complaint": _("Обращение или жалоба"),
    "call": _("Звонок гражданина"),
}


class ReasonForm(forms.Form):
    """What every act of an officer needs."""

    reason = forms.CharField(
        label=REASON, min_length=10, max_length=2000,
        error_messages={
            "required": REASON_MISSING,
            "min_length": TOO_SHORT,
        },
    )  # fmt: skip


class DecisionForm(ReasonForm):
    """Grant or refuse with a ground from the law's list or in one's own words; the sum and the first day only where
    the rule has not given them."""

    reason = forms.CharField(label=_("Своими словами"), max_length=2000, required=False)
    ground = forms.ChoiceField(
        label=_("Основание из закона"), required=False,
        error_messages={"invalid_choice": _("Выберите основание из списка")},
    )  # fmt: skip

    outcome = forms.ChoiceField(
        label=_("Решение"),
        choices=[("grant", _("Назначить")), ("refuse", _("Отказать"))],
        error_messages={"required": _("Выберите: назначить или отказать")},
    )
    amount = forms.CharField(label=_("Сумма, рублей"), required=False, max_length=20)
    first_day = forms.DateField(
        label=_("Первый день"),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        error_messages={"invalid": _("Введите день как 05.03.2026")},
    )

    def __init__(self, *args: Any, grounds: Any = (), **named: Any) -> None:
        super().__init__(*args, **named)
        self.sentences = {code: sentence for _group, choices in grounds for code, sentence in choices}
        self.fields["ground"].choices = [("", _("Выберите, если подходит")), *grounds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The ground's sentence and the officer's words together are the reason."""
        given = super().clean() or {}
        ground, words = given.get("ground", ""), given.get("reason", "").strip()
        if not ground and "reason" in given and len(words) < 10:
            self.add_error("reason", TOO_SHORT if words else REASON_MISSING)
        if ground and given.get("outcome") in ("grant", "refuse") and not ground.startswith(given["outcome"]):
            self.add_error("ground", _("Это основание — для другого решения. Выберите подходящее"))
        given["reason"] = "\n".join(one for one in (self.sentences.get(ground, ""), words) if one)
        return given

    def clean_amount(self) -> int | None:
        """Kopecks, None when left empty."""
        text = self.cleaned_data["amount"].strip()
        if not text:
            return None
        try:
            sum_given = Money.of_roubles(text)
        except (ValueError, ZeroDivisionError):
            raise forms.ValidationError(_("Введите сумму как 12 513,75")) from None
        if sum_given.kopecks <= 0:
            raise forms.ValidationError(_("Сумма должна быть больше нуля"))
        return sum_given.kopecks

    def clean_first_day(self) -> date | None:
        return self.cleaned_data["first_day"]


class ConflictForm(ReasonForm):
    """Which of the two statements holds."""

    fact_id = forms.UUIDField(
        error_messages={"required": _("Выберите верное сведение"), "invalid": _("Выберите верное сведение")}
    )


class SuspectForm(ReasonForm):
    """One person or two."""

    same = forms.ChoiceField(
        label=_("Это один человек?"),
        choices=[("yes", _("Да, один: объединить карточки")), ("no", _("Нет, это разные люди"))],
        error_messages={"required": _("Выберите ответ")},
    )


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Фамилия и имя, СНИЛС или номер решения"),
        max_length=100,
        error_messages={"required": _("Введите, кого ищете")},
    )
    why = forms.ChoiceField(
        label=_("Зачем ищете"),
        choices=list(PURPOSES.items()),
        error_messages={"required": _("Выберите, зачем ищете: это увидит сам человек")},
    )


class LifeForm(forms.Form):
    """Which part of a life to show; everything may be left empty."""

    on = forms.DateField(
        label=_("Что было верно на дату"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Введите день как 05.03.2026")},
    )
    known = forms.DateTimeField(
        label=_("Что мы знали на момент"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Введите момент как 05.03.2026 14:30")},
    )
    kind = forms.ChoiceField(
        label=_("Вид сведений"), required=False, error_messages={"invalid_choice": _("Выберите вид из списка")}
    )
    current = forms.BooleanField(label=_("Без исправленных и отозванных"), required=False)

    def __init__(self, *args: Any, kinds: dict[str, str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["kind"].choices = [("", _("Все виды")), *kinds.items()]  # type: ignore[attr-defined]


class FamilyForm(forms.Form):
    law = forms.ChoiceField(
        label=_("По какому закону"), error_messages={"invalid_choice": _("Выберите меру из списка")}
    )
    on = forms.DateField(
        label=_("На дату"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Введите день как 05.03.2026")},
    )

    def __init__(self, *args: Any, laws: dict[str, str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["law"].choices = list(laws.items())  # type: ignore[attr-defined]


class ResubmitForm(forms.Form):
    document = forms.FileField(
        label=_("Исправленный документ"),
        max_length=200,
        error_messages={
            "required": _("Выберите файл"),
            "empty": _("Файл пустой. Выберите другой"),
            "missing": _("Файл не дошёл. Выберите его ещё раз"),
        },
    )


def kopecks_of(text: str) -> int:
    """«12 513,75» → 1251375. Raises ValidationError for what is not a sum above zero."""
    try:
        given = Money.of_roubles(text.strip())
    except (ValueError, ZeroDivisionError):
        raise forms.ValidationError(_("Введите сумму как 12 513,75")) from None
    if given.kopecks <= 0:
        raise forms.ValidationError(_("Сумма должна быть больше нуля"))
    return given.kopecks


DOCUMENT_MISSING = _("Назовите документ: номер и дату")


class OverpaymentForm(ReasonForm):
    """Whose doing it is and how the money comes back."""

    fault = forms.ChoiceField(
        label=_("Из-за чего переплата"),
        choices=[
            ("false_data", _("Человек сообщил неверные сведения или скрыл верные")),
            ("breach", _("Человек не выполнил программу, на которую дали деньги")),
            ("agency_error", _("Ошиблось ведомство")),
            ("none", _("Ничьей вины нет: сведения пришли позже")),
        ],
        error_messages={"required": _("Выберите причину")},
    )
    means = forms.ChoiceField(
        label=_("Как поступить"),
        choices=[
            ("withholding", _("Удерживать из выплат, не больше 20 %")),
            ("voluntary", _("Человек вернёт сам")),
            ("court", _("Удерживать по решению суда, не больше 50 %")),
            ("write_off", _("Не взыскивать")),
        ],
        error_messages={"required": _("Выберите, как поступить")},
    )
    percent = forms.IntegerField(
        label=_("Сколько процентов каждой выплаты удерживать"), required=False, min_value=0, max_value=50,
        error_messages={
            "invalid": _("Введите целое число"), "max_value": _("Больше 50 процентов удерживать нельзя"),
            "min_value": _("Введите целое число"),
        },
    )  # fmt: skip
    monthly = forms.CharField(label=_("Рассрочка: не больше, рублей в месяц"), required=False, max_length=20)

    def clean_monthly(self) -> int | None:
        text = self.cleaned_data["monthly"].strip()
        return kopecks_of(text) if text else None


class RepaymentForm(forms.Form):
    amount = forms.CharField(
        label=_("Сколько вернули, рублей"), max_length=20, error_messages={"required": _("Введите сумму как 12 513,75")}
    )
    document = forms.CharField(
        label=_("Платёжный документ"), max_length=200, error_messages={"required": DOCUMENT_MISSING}
    )

    def clean_amount(self) -> int:
        return kopecks_of(self.cleaned_data["amount"])


class WriteOffForm(forms.Form):
    ground = forms.CharField(
        label=_("Основание списания"), max_length=200, error_messages={"required": DOCUMENT_MISSING}
    )


class SettleForm(forms.Form):
    """The second officer about what the first wants."""

    remark = forms.CharField(label=_("Почему не согласны"), required=False, max_length=1000)


class LimitForm(forms.Form):
    """Above zero brings limits, below takes them away."""

    measure = forms.ChoiceField(
        label=_("Мера"),
        error_messages={"required": _("Выберите меру"), "invalid_choice": _("Выберите меру из списка")},
    )
    change = forms.CharField(
        label=_("На сколько изменить лимит, рублей"), max_length=20,
        error_messages={"required": _("Введите сумму как 12 513,75")},
    )  # fmt: skip
    document = forms.CharField(
        label=_("Документ о лимите"), max_length=200, error_messages={"required": DOCUMENT_MISSING}
    )

    def clean_change(self) -> int:
        text = self.cleaned_data["change"].strip().replace("−", "-")
        sign = -1 if text.startswith("-") else 1
        return sign * kopecks_of(text.lstrip("-+"))
