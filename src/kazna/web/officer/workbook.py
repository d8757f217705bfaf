"""The budget as a workbook: sums are numbers in roubles, so that they can be counted with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from kazna.contexts.payments.contracts import BudgetLine, MonthOfBudget

SUM = "#,##0.00"
WIDTHS = {"A": 46, "B": 16, "C": 24, "D": 50}


def budget_workbook(
    *,
    lines: Sequence[BudgetLine],
    months: Sequence[MonthOfBudget],
    days: Sequence[tuple[date, int]],
    title_of: Callable[[str], str],
) -> bytes:
    """Three sheets: limits by measure, months, days. Text never begins a formula."""
    book = Workbook(write_only=True)
    sums = [_("Лимит"), _("Отправлено и выплачено"), _("Выплачено"), _("На сертификатах"), _("Ждёт лимита")]
    sums.append(_("Нужно до конца года"))
    sheet = sheet_of(book, _("Лимиты"), [_("Мера"), _("Орган"), _("КБК"), _("Бюджет"), *sums, _("Не хватает")])
    for line in lines:
        kopecks = [
            line.limit_kopecks, line.taken_kopecks, line.paid_kopecks, line.on_certificates_kopecks,
            line.waiting_kopecks, line.forecast_kopecks, line.lacking_kopecks,
        ]  # fmt: skip
        names = [plain_text(title_of(line.measure)), line.body, line.kbk, line.budget]
        sheet.append([*names, *(money_cell(sheet, one) for one in kopecks)])
    sheet = sheet_of(
        book, _("По месяцам"), [_("Месяц"), _("Выплачено"), _("По действующим назначениям"), _("По ожидаемым событиям")]
    )
    for one in months:
        kopecks = [one.paid_kopecks, one.in_force_kopecks, one.expected_kopecks]
        sheet.append([one.month, *(money_cell(sheet, each) for each in kopecks)])
    sheet = sheet_of(book, _("По дням"), [_("День"), _("Выплачено")])
    for day, spent in days:
        sheet.append([day, money_cell(sheet, spent)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def sheet_of(book: Workbook, title: str, heads: Sequence[str]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, value=head) for head in heads]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def money_cell(sheet: WriteOnlyWorksheet, kopecks: int | None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=None if kopecks is None else kopecks / 100)
    cell.number_format = SUM
    return cell


def plain_text(words: str) -> str:
    return "'" + words if words[:1] in "=+-@" else words
