"""Facts → the spreadsheet: an empty one to fill in, the facts of a package, or a table sent back with remarks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.egisso.sheet.columns import COLUMNS, DOCUMENTS, FIRST_ROW, FORMS, HEADER_ROW, OF_PERSON

KINDS = {name: code for code, name in DOCUMENTS.items()}
FORM_CODES = {name: code for code, name in FORMS.items()}
OF_FORM = ("amount", "measuryCode", "content", "comment", "equivalentAmount")
RISKY = ("=", "+", "-", "@")  # a cell that begins so is a formula for a spreadsheet program


def write_sheet(facts: Iterable[tuple[Plain, str]]) -> bytes:
    """Facts in our words with remarks to each ("" for none); no facts give the empty form."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Факты назначения")
    sheet.freeze_panes = f"C{FIRST_ROW}"
    _head(sheet)
    for number, (card, remarks) in enumerate(facts, 1):
        cells = row_of_card(card) | {"num": str(number), "remarks": remarks}
        sheet.append([_safe(cells.get(code, "")) for code, _ in COLUMNS])
    box = io.BytesIO()
    book.save(box)
    return box.getvalue()


def _head(sheet: Any) -> None:
    for row in range(1, FIRST_ROW):
        if row == 1:
            sheet.append([_bold(sheet, "Факты назначения мер социальной защиты (10.06.S 1.1.0)")])
        elif row == HEADER_ROW:
            sheet.append([_bold(sheet, code) for code, _ in COLUMNS])
        elif row == HEADER_ROW + 1:
            sheet.append([_bold(sheet, title) for _, title in COLUMNS])
        elif row == HEADER_ROW + 2:
            sheet.append(list(range(1, len(COLUMNS) + 1)))
        else:
            sheet.append([])


def _bold(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text


def row_of_card(card: Plain) -> dict[str, str]:
    """Cells of a fact, by the codes of columns."""
    cells = {
        "ONMSZCode": card.get("body", ""), "LMSZID": card.get("measure_id", ""),
        "categoryID": card.get("category_id", ""), "decision_date": _day(card.get("decided_on")),
        "dateStart": _day(card.get("first_day")), "dateFinish": _day(card.get("last_day")),
        "usingSign": "1" if card.get("uses_need") else "0", "criteriaCode": ";".join(card.get("criteria", ())),
        "LMSZProviderCode": card.get("measure_provider", ""), "assignmentFactUuid": card.get("id", ""),
    }  # fmt: skip
    cells |= _person(card.get("receiver", {}), "recip")
    for person in card.get("grounds", ())[:1]:
        cells |= _person(person, "reason") | {"kinshipTypeCode": person.get("kinship", "")}
    for name, form in card.get("provision", {}).items():
        cells |= {
            "FormCode": FORM_CODES.get(name, ""), "okeiCode": form.get("okeiCode") or form.get("OKEICode") or "",
            "monetization": "1" if form.get("monetization") is True else "",
            **{code: form.get(code, "") for code in OF_FORM},
        }  # fmt: skip
    return cells


def _person(person: Plain, role: str) -> dict[str, str]:
    cells = {f"{code}_{role}": str(person.get(ours, "")) for code, ours in OF_PERSON.items()}
    cells[f"Gender_{role}"] = {"M": "Male", "F": "Female"}.get(person.get("sex", ""), "")
    cells[f"BirthDate_{role}"] = _day(person.get("birth_date"))
    if role == "recip":
        cells["ResidencePermit_recip"] = str(person.get("residence_permit", ""))
    for name, paper in (person.get("document") or {}).items():
        cells |= {
            f"doctype_{role}": KINDS.get(name, ""), f"doc_Series_{role}": paper.get("Series", ""),
            f"doc_Number_{role}": paper.get("Number", ""), f"doc_IssueDate_{role}": _day(paper.get("IssueDate")),
            f"doc_Issuer_{role}": paper.get("Issuer", ""),
        }  # fmt: skip
    return cells


def _day(text: str | None) -> str:
    """2025-03-14 → 14.03.2025."""
    return f"{text[8:10]}.{text[5:7]}.{text[:4]}" if text else ""
