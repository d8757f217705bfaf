"""Workbooks and tables of figures that leave the studio."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Sequence[Sequence[Any]]


def workbook(name: str, sheets: Sequence[tuple[str, Rows]]) -> HttpResponse:
    """An XLSX file to be saved: (title, rows) a sheet; text never begins a formula."""
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([plain(cell) for cell in row])
    written = BytesIO()
    book.save(written)
    response = HttpResponse(written.getvalue(), content_type=SHEET)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def plain(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula is told to be text."""
    return "'" + cell if isinstance(cell, str) and cell[:1] in tuple("=+-@") else cell


def roubles(kopecks: int | None) -> float | None:
    return None if kopecks is None else kopecks / 100
