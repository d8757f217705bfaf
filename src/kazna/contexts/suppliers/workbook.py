"""The weekly report as a workbook: loading and registration."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from kazna.contexts.suppliers.reports import Report

LOADING = ["Код", "Орган", "Регион", "Органов", "Молчат", "Фактов за неделю", "Неделей раньше", "В срок", "Поздно",
           "Своевременность, %", "Дольше всего, дней", "Мер", "Мер без фактов", "Людей в списках", "Из них с фактом",
           "Полнота, %", "Последняя загрузка"]  # fmt: skip
REGISTRATION = ["Регион", "Подано", "В работе", "Зарегистрировано", "Отказано", "Новых за неделю"]


def workbook(report: Report) -> bytes:
    """Two sheets. Text never begins a formula."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, f"Загрузка {report.week:%d.%m.%Y}", LOADING)
    for one in report.lines:
        sheet.append([one.key, _text(one.title), one.region, one.bodies, one.silent, one.facts, one.facts_before,
                      one.on_time, one.late, one.timeliness, one.slowest_days, one.measures, one.unused, one.entitled,
                      one.served, one.completeness, one.last_loaded_on])  # fmt: skip
    sheet = _sheet(book, "Регистрация", REGISTRATION)
    for row in report.registration:
        sheet.append([row.region, row.submitted, row.in_work, row.registered, row.refused, row.new])
    box = BytesIO()
    book.save(box)
    return box.getvalue()


def _sheet(book, title, heads):  # type: ignore[no-untyped-def]
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, head) for head in heads]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _text(words: str) -> str:
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
