"""Forms of programmes of adaptation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.contexts.programmes import public as programmes
from kazna.kernel.money import Money
from kazna.web.officer.forms import ReasonForm

DAYS = ["%d.%m.%Y", "%Y-%m-%d"]
DAY_WRONG = {"invalid": _("Введите день как 05.03.2026")}
ROWS = 6


def kopecks_or_zero(text: str) -> int:
    """Empty is zero. Raises ValidationError."""
    if not text.strip():
        return 0
    try:
        given = Money.of_roubles(text.strip())
    except (ValueError, ZeroDivisionError):
        raise forms.ValidationError(_("Введите сумму как 12 513,75")) from None
    if given.kopecks < 0:
        raise forms.ValidationError(_("Сумма не может быть меньше нуля"))
    return given.kopecks


class ProgrammeForm(forms.Form):
    """The programme of adaptation: how long, what the officer established, steps with terms and costs."""

    months = forms.IntegerField(
        label=_("На сколько месяцев"), min_value=1, max_value=36,
        error_messages={"required": _("Укажите срок в месяцах"), "invalid": _("Введите целое число"),
                        "min_value": _("Введите целое число"), "max_value": _("Слишком длинный срок")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, terms: programmes.Terms, found: programmes.ProgrammeView, day: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.terms = terms
        self.fields["months"].initial = found.months or terms.months
        for key, title in terms.asks.items():
            self.fields[f"ask_{key}"] = forms.ChoiceField(
                label=title, choices=[("yes", _("Да")), ("no", _("Нет"))],
                initial={True: "yes", False: "no"}.get(found.answers.get(key)),  # type: ignore[call-overload]
                error_messages={"required": _("Выберите ответ")},
            )  # fmt: skip
        if terms.once:
            self.fields["paid_once"] = forms.BooleanField(
                label=_("Деньги нужны сразу, одной выплатой"), required=False, initial=found.paid_once
            )
        known = list(found.steps)
        for row in range(ROWS):
            step = known[row] if row < len(known) else None
            hint = terms.steps[row] if not known and row < len(terms.steps) else ""
            due = step.due_on if step else (day + timedelta(days=30 * (row + 1)) if hint else None)
            cost = f"{step.cost_kopecks / 100:.2f}".replace(".", ",") if step and step.cost_kopecks else ""
            self.fields[f"title_{row}"] = forms.CharField(
                label=_("Шаг"), required=False, max_length=300, initial=step.title if step else hint
            )
            self.fields[f"due_{row}"] = forms.DateField(
                label=_("Сделать до"), required=False, input_formats=DAYS, error_messages=DAY_WRONG,
                initial=f"{due:%d.%m.%Y}" if due else "",
            )  # fmt: skip
            if terms.costs:
                self.fields[f"cost_{row}"] = forms.CharField(
                    label=_("Стоимость, рублей"), required=False, max_length=20, initial=cost
                )

    def rows(self) -> list[list[forms.BoundField]]:
        """Bound fields of the steps, a row each."""
        names = ("title", "due", "cost") if self.terms.costs else ("title", "due")
        return [[self[f"{name}_{row}"] for name in names] for row in range(ROWS)]

    def asks(self) -> list[forms.BoundField]:
        return [self[f"ask_{key}"] for key in self.terms.asks]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        steps = []
        for row in range(ROWS):
            title, due = given.get(f"title_{row}", "").strip(), given.get(f"due_{row}")
            if title and due is None and f"due_{row}" not in self.errors:
                self.add_error(f"due_{row}", _("Укажите, до какого дня сделать шаг"))
            try:
                cost = kopecks_or_zero(given.get(f"cost_{row}") or "")
            except forms.ValidationError as wrong:
                self.add_error(f"cost_{row}", wrong)
                continue
            if title and due:
                steps.append(programmes.NewStep(title, due, cost))
        given["steps"] = steps
        given["answers"] = {key: given.get(f"ask_{key}") == "yes" for key in self.terms.asks}
        return given


class EndForm(ReasonForm):
    """How the programme ended; for one that is broken, what is asked back."""

    claimed = forms.CharField(label=_("Сколько вернуть, рублей"), required=False, max_length=20)

    def clean_claimed(self) -> int:
        return kopecks_or_zero(self.cleaned_data["claimed"])
