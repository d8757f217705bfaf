"""Forms of the exchange with the state information system."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 20 * 1024 * 1024


class CheckForm(forms.Form):
    """One file of a supplier."""

    package = forms.FileField(
        label=_("Файл"),
        error_messages={"required": _("Выберите файл"), "empty": _("Файл пуст: проверьте выгрузку")},
    )

    def clean_package(self) -> UploadedFile:
        given: UploadedFile = self.cleaned_data["package"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("Файл больше 20 МБ: разделите его, в пакете не больше 1000 записей каждого вида")
            )
        return given


class DraftForm(forms.Form):
    """A new version of the classifier."""

    starts_on = forms.DateField(
        label=_("Действует с"),
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        error_messages={"required": _("Укажите первый день"), "invalid": _("Введите день как 05.03.2026")},
    )
    document = forms.CharField(
        label=_("Документ-основание"), max_length=500, error_messages={"required": _("Назовите документ-основание")}
    )


class CodeForm(forms.Form):
    """A code of a draft."""

    facet = forms.ChoiceField(label=_("Перечень"))
    code = forms.CharField(label=_("Код"), max_length=8, error_messages={"required": _("Введите код")})
    name = forms.CharField(label=_("Наименование"), max_length=2000, error_messages={"required": _("Введите название")})
    parent = forms.CharField(label=_("Вышестоящий код"), max_length=8, required=False)

    def __init__(self, *args: object, facets: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["facet"].choices = facets  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """A combination of a draft, by its full code."""

    code = forms.CharField(
        label=_("Полный код: мера.категория.уровень.источник.форма.раздел"),
        max_length=40,
        error_messages={"required": _("Введите полный код")},
    )
