"""The register of local measures as a table, both ways: a row per measure, repeated values on lines of a cell."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from kazna.contexts.egisso.measures.drafts import KEY, clean
from kazna.contexts.egisso.measures.written import criteria_of, criteria_said, numbered
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.egisso.sheet.read import SheetRefused, check_box

Card = dict[str, Any]
SPACE = UUID("6b3f0b0e-53a5-5c0b-9a55-0a6d7d1f2c12")  # own namespace of measures that a table gave no id
PACKAGE, MOST_ROWS = 1000, 50_000
COLUMNS: list[tuple[str, str]] = [
    ("id", "Идентификатор (пусто — новый)"), ("title", "Наименование"), ("from", "Действует с"), ("to", "по"),
    ("periodicity", "Периодичность, код"), ("part", "Раздел КМСЗ, код"), ("msz", "МСЗ, код"),
    ("form", "Форма, код"), ("level", "Уровень акта, код"),
    ("categories", "Категории: наименование | код КМСЗ | критерии (100:1.5:2026-01-01) | идентификатор | свой код"),
    ("shares", "Источники: код = доля, %"), ("estimation", "Размер или правила расчёта"),
    ("territories", "ОКТМО, 8 цифр"), ("acts", "Акты: номер | дата | наименование | орган | ссылка"), ("kbk", "КБК"),
    ("cases", "Основание"), ("conditions", "Условия"), ("methods", "Способы обращения: код | ссылка"),
    ("request_forms", "Форма обращения: 1, 2"), ("answer_forms", "Форма результата: 1, 2, 3"),
    ("papers", "Документы: наименование | подлинность | сколько | да/нет | примечание"),
    ("family", "Семейная мера: 1, 2"), ("person_living", "Лицо-основание: 0, 1, 2"),
    ("inherits_facts", "Наследовать факты: да/нет"), ("previous_id", "Прежняя версия"),
    ("steps", "Порядок получения: кратко | подробно"), ("code", "Свой код меры"), ("frgu", "Код услуги в ФРГУ"),
    ("frgu_purpose", "Код цели услуги в ФРГУ"), ("inherits_points", "Наследовать точки присутствия: да/нет"),
    ("inherits_organisations", "Наследовать организации: да/нет"),
]  # fmt: skip
BLOCKS = {
    "acts": ("number", "date", "title", "authority", "url"),
    "methods": ("method", "url"),
    "papers": ("documentTypeName", "documentOrigin", "documentQ", "documentNess", "documentComment"),
    "steps": ("stepH", "stepDescr"),
}
YES_NO = ("inherits_facts", "inherits_points", "inherits_organisations")
LISTS = ("territories", "request_forms", "answer_forms")
CODES = {"periodicity": 2, "part": 6, "msz": 4, "form": 2, "level": 2}
RUSSIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
RISKY = ("=", "+", "-", "@")


def read_measures(payload: bytes, *, now: datetime) -> Iterator[tuple[bytes, list[int]]]:
    """Packages of 10.05.I 2.1.0, each with the row of every record. Raises SheetRefused.

    A measure without an id gets one from its body-independent cells, so the same table again makes no second measures.
    """
    cards = list(_cards(payload, f"{now:%Y-%m-%dT%H:%M:%S}Z"))
    if not cards:
        raise SheetRefused(why="нет ни одной меры; они читаются со второй строки.")
    for start in range(0, len(cards), PACKAGE):
        part = cards[start : start + PACKAGE]
        told = json.dumps([{**card, "changed_at": ""} for _, card in part], ensure_ascii=False, sort_keys=True)
        ident = str(uuid5(SPACE, told))  # a mended table is another package, the same table again is not
        yield to_bytes(package(KEY, ident, [("localMSZ", card) for _, card in part])), [row for row, _ in part]


def write_measures(cards: Iterable[Card]) -> bytes:
    """Cards in our words as a table; none gives the empty form."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Локальные меры")
    sheet.freeze_panes = "C2"
    heads = [WriteOnlyCell(sheet, title) for _, title in COLUMNS]
    for cell in heads:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append(heads)
    for card in cards:
        sheet.append([_safe(_written(card, name)) for name, _ in COLUMNS])
    box = io.BytesIO()
    book.save(box)
    return box.getvalue()


def _cards(payload: bytes, changed_at: str) -> Iterator[tuple[int, Card]]:
    check_box(payload)
    try:
        book = load_workbook(io.BytesIO(payload), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=len(COLUMNS), min_row=2, max_row=MOST_ROWS + 1)
        for number, cells in enumerate(rows, 2):
            told = {name: _text(cell) for (name, _), cell in zip(COLUMNS, cells, strict=False)}
            if any(told.values()):
                yield number, _card(told, changed_at)
        book.close()
    except SheetRefused:
        raise
    except Exception as problem:  # openpyxl raises whatever its parts raise
        raise SheetRefused(why="это не книга Excel (.xlsx) или она повреждена.") from problem


def _card(told: dict[str, str], changed_at: str) -> Card:
    seed = "|".join(told[name] for name, _ in COLUMNS if name != "id")
    ident = told["id"] or str(uuid5(SPACE, seed))
    card: Card = {name: told[name] for name, _ in COLUMNS if name not in BLOCKS and name not in LISTS}
    card |= {name: told[name].zfill(length) for name, length in CODES.items() if told[name]}
    card |= {name: _day(told[name]) for name in ("from", "to")}
    card |= {name: re.split(r"[\s;,]+", told[name].strip(" ;,")) for name in LISTS if told[name]}
    for name, fields in BLOCKS.items():
        card[name] = [_block(line, fields) for line in _lines(told[name])]
    card["categories"] = [_category(line, ident, place) for place, line in enumerate(_lines(told["categories"]))]
    card["shares"] = [
        {"funding": code.strip().zfill(4), "quota": quota.strip(" %").replace(",", ".")}
        for code, _, quota in (line.partition("=") for line in _lines(told["shares"]))
    ]
    card["steps"] = numbered(card["steps"])
    card |= {name: _yes(told[name]) for name in YES_NO}
    return dict(clean({**card, "id": ident, "changed_at": changed_at}))


def _block(line: str, fields: tuple[str, ...]) -> Card:
    found = dict(zip(fields, (part.strip() for part in line.split("|")), strict=False))
    if "date" in found:
        found["date"] = _day(found["date"])
    if "documentNess" in found:
        found["documentNess"] = _yes(found["documentNess"])
    return found


def _category(line: str, measure_id: str, place: int) -> Card:
    title, code, criteria, ident, own = (*(part.strip() for part in line.split("|")), "", "", "", "")[:5]
    return {"id": ident or str(uuid5(SPACE, f"{measure_id} {place} {title}")), "title": title, "code": own,
            "category": code.zfill(8) if code else "", "criteria": criteria_of(criteria)}  # fmt: skip


def _written(card: Card, name: str) -> str:
    value = card.get(name)
    if value is None:
        return ""
    if name == "categories":
        return "\n".join(
            " | ".join(
                (_cell(one.get("title", "")), _cell(one.get("category", "")), criteria_said(one.get("criteria") or ()),
                 _cell(one.get("id", "")), _cell(one.get("code", "")))
            ).rstrip(" |")
            for one in value
        )  # fmt: skip
    if name == "shares":
        return "\n".join(f"{one.get('funding')} = {one.get('quota')}" for one in value)
    if name in BLOCKS:
        return "\n".join(
            " | ".join(_cell(_plain(one.get(field, ""))) for field in BLOCKS[name]).rstrip(" |") for one in value
        )
    if name in LISTS:
        return ", ".join(map(str, value if isinstance(value, list) else [value]))
    return _plain(value)


def _cell(value: Any) -> str:
    """A part of a line: without what parts and ends it."""
    return " ".join(str(value).replace("|", "/").split())


def _plain(value: Any) -> str:
    return "да" if value in (True, "true") else "нет" if value in (False, "false") else str(value)


def _lines(cell: str) -> list[str]:
    return [line for line in cell.splitlines() if line.strip()]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip().removeprefix("'")


def _day(text: str) -> str:
    found = RUSSIAN_DAY.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text


def _yes(text: str) -> str:
    return {"да": "true", "нет": "false"}.get(text.lower(), text)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text
