"""A spreadsheet of facts → a package; the row of each record is kept, so that remarks find their line."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from openpyxl import load_workbook

from kazna.contexts.egisso.facts.changed import SPACE
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.egisso.sheet.columns import (
    COLUMNS,
    DOCUMENTS,
    FIRST_ROW,
    FORMS,
    HEADER_ROW,
    MOST_ROWS,
    OF_PERSON,
    OKEI_OF,
)
from kazna.kernel.errors import DomainError

KEY = "10.06.S/1.1.0"
UNPACKED, RATIO = 128 * 1024 * 1024, 200
RUSSIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
PADS = {"ONMSZCode": 0, "SNILS_recip": 11, "SNILS_reason": 11, "Citizenship_recip": 3, "Citizenship_reason": 3,
        "FormCode": 2, "measuryCode": 2}  # fmt: skip
MONEY = {"amount", "equivalentAmount"}
Cells = dict[str, str]


class SheetRefused(DomainError):
    sentence = "Таблица не читается: {why}"


@dataclass(frozen=True, slots=True)
class SheetPackage:
    """The package of a sheet; `rows[n]` is the row of record n+1."""

    payload: bytes
    rows: list[int]


def read_sheet(payload: bytes) -> SheetPackage:
    """The facts of a sheet as a 10.06.S 1.1.0 package. Raises SheetRefused.

    A fact without an id gets one that follows from its cells, so the same table sent again makes no second facts.
    """
    found = list(_facts(payload))
    if not found:
        raise SheetRefused(why=f"нет ни одного факта; они читаются со строки {FIRST_ROW}.")
    cards = [card for _, card in found]
    told = json.dumps(cards, ensure_ascii=False, sort_keys=True)
    package_id = str(uuid5(SPACE, told))  # a mended table is another package, the same table again is not
    root = package(KEY, package_id, [("fact", card) for card in cards])
    return SheetPackage(to_bytes(root), [row for row, _ in found])


def _facts(payload: bytes) -> Iterator[tuple[int, Plain]]:
    check_box(payload)
    try:
        book = load_workbook(io.BytesIO(payload), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = enumerate(sheet.iter_rows(values_only=True, max_col=len(COLUMNS) + 20), 1)
        yield from _rows(rows)
        book.close()
    except DomainError:
        raise
    except Exception as problem:  # openpyxl raises whatever its parts raise
        raise SheetRefused(why="это не книга Excel (.xlsx) или она повреждена.") from problem


def _rows(rows: Iterator[tuple[int, tuple[Any, ...]]]) -> Iterator[tuple[int, Plain]]:
    places = {code: place for place, (code, _) in enumerate(COLUMNS)}
    count = 0
    for number, values in rows:
        if number == HEADER_ROW:
            places = _places(values) or places
        if number < FIRST_ROW:
            continue
        cells = {code: _text(values[place], code) for code, place in places.items() if place < len(values)}
        if not any(value for code, value in cells.items() if code not in ("num", "remarks")):
            continue
        count += 1
        if count > MOST_ROWS:
            raise SheetRefused(why=f"фактов больше {MOST_ROWS}; разделите таблицу.")
        yield number, card_of_row(cells)


def _places(values: tuple[Any, ...]) -> dict[str, int]:
    """Columns by the codes in the header row; empty when there are none."""
    known = {code for code, _ in COLUMNS}
    found = {str(value).strip(): place for place, value in enumerate(values) if str(value).strip() in known}
    return found if len(found) > 10 else {}


def _text(value: Any, code: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float | int):
        text = f"{value:.2f}" if code in MONEY else f"{value:.0f}"
        return text.zfill(PADS.get(code, 0))
    text = str(value).strip().removeprefix("'")
    if day := RUSSIAN_DAY.fullmatch(text):
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    if code.startswith("SNILS"):
        return re.sub(r"[\s-]", "", text)
    return text.replace(",", ".") if code in MONEY else text


def card_of_row(cells: Cells) -> Plain:
    """A fact in our words from the cells of a row."""
    card: Plain = {
        "body": cells.get("ONMSZCode", ""), "receiver": _person(cells, "recip"),
        "measure_id": cells.get("LMSZID", ""), "category_id": cells.get("categoryID", ""),
        "decided_on": cells.get("decision_date", ""), "first_day": cells.get("dateStart", ""),
        "uses_need": cells.get("usingSign") == "1", "provision": _provision(cells),
    }  # fmt: skip
    for name, code in (("last_day", "dateFinish"), ("measure_provider", "LMSZProviderCode")):
        if cells.get(code):
            card[name] = cells[code]
    if any(cells.get(f"{code}_reason") for code in ("SNILS", "FamilyName", "Name")):
        card["grounds"] = [_person(cells, "reason")]
    if codes := [code.strip() for code in re.split(r"[;,\s]+", cells.get("criteriaCode", "")) if code.strip()]:
        card["criteria"] = codes
    told = " ".join(f"{code}={value}" for code, value in cells.items() if code not in ("num", "remarks"))
    card["id"] = cells.get("assignmentFactUuid") or str(uuid5(SPACE, told))
    return card


def _person(cells: Cells, role: str) -> Plain:
    person: Plain = {
        ours: cells[f"{code}_{role}"] for code, ours in OF_PERSON.items() if cells.get(f"{code}_{role}")
    }  # fmt: skip
    sex = cells.get(f"Gender_{role}", "")
    person["sex"] = {"Male": "M", "Female": "F"}.get(sex, sex)
    person["birth_date"] = cells.get(f"BirthDate_{role}", "")
    if role == "reason" and cells.get("kinshipTypeCode"):
        person["kinship"] = cells["kinshipTypeCode"]
    if role == "recip" and cells.get("ResidencePermit_recip"):
        person["residence_permit"] = cells["ResidencePermit_recip"]
    if name := DOCUMENTS.get(cells.get(f"doctype_{role}", "")):
        paper = {
            "Series": cells.get(f"doc_Series_{role}"), "Number": cells.get(f"doc_Number_{role}"),
            "IssueDate": cells.get(f"doc_IssueDate_{role}"), "Issuer": cells.get(f"doc_Issuer_{role}"),
        }  # fmt: skip
        person["document"] = {name: {field: value for field, value in paper.items() if value}}
    return person


def _provision(cells: Cells) -> Plain:
    name = FORMS.get(cells.get("FormCode", "").zfill(2), "")
    if not name:
        return {}
    if name == "monetaryForm":
        return {name: {"amount": cells.get("amount", "")}}
    form: Plain = {"amount": cells.get("amount", "")}
    if cells.get("okeiCode"):
        form[OKEI_OF[name]] = cells["okeiCode"]
    elif cells.get("measuryCode"):
        form["measuryCode"] = cells["measuryCode"]
    if name == "exemptionForm":
        form["monetization"] = cells.get("monetization") == "1"
    for code in ("content", "comment", "equivalentAmount"):
        if cells.get(code) and not (name == "exemptionForm" and code == "content"):
            form[code] = cells[code]
    return {name: form}


def check_box(payload: bytes) -> None:
    """A workbook is a zip of XML: sizes and declarations are looked at before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as box:
            files = box.infolist()
            if sum(info.file_size for info in files) > UNPACKED:
                raise SheetRefused(why="после распаковки она слишком велика.")
            for info in files:
                if info.file_size > 1_000_000 and info.file_size > RATIO * max(info.compress_size, 1):
                    raise SheetRefused(why="она сжата подозрительно сильно.")
                with box.open(info) as inside:
                    if b"<!DOCTYPE" in inside.read(4096):
                        raise SheetRefused(why="внутри есть объявление DOCTYPE, в книгах Excel его не бывает.")
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as problem:
        raise SheetRefused(why="это не книга Excel (.xlsx) или она повреждена.") from problem
