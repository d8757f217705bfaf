"""Enforcement documents from a table of the bailiffs: own_writs/1, CSV in UTF-8 or Windows-1251 with `;` and a head.

Each row is entered as an officer would and waits for one to confirm; a row that cannot be is told with its place.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from kazna.contexts.payments.actions.keep_writs import NewWrit, WritRefused, enter_writ
from kazna.contexts.payments.contracts import StatementRefused
from kazna.kernel.money import Money

# Column → field; columns after «счёт» may be left out or empty.
NEEDED = ("снилс", "требование", "вид", "номер", "выдан", "кем", "взыскатель", "бик", "счёт")
MORE = ("инн", "доля", "в месяц", "долг", "процент", "с", "по", "минимум")
MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entered:
    """Rows read, documents entered, rows put aside with place and reason."""

    rows: int
    entered: int
    refused: list[str]


def enter_table(path: Path, *, body: str, by: str, on: date, person: Callable[[str], UUID | None]) -> Entered:
    """Enter every row that can be; the same file again enters nothing. Raises StatementRefused for an unread file."""
    rows, entered, refused = 0, 0, []
    for place, row in _rows(path):
        rows += 1
        try:
            debtor = person("".join(letter for letter in row["снилс"] if letter.isdigit()))
            if debtor is None:
                raise ValueError("человека с этим СНИЛС в реестре нет")
            enter_writ(_read(row, body, debtor, on), by=by, on=on, source="table")
        except (ValueError, WritRefused) as problem:
            refused.append(f"строка {place}: {problem}")
        else:
            entered += 1
    return Entered(rows, entered, refused)


def _read(row: Mapping[str, str], body: str, debtor: UUID, on: date) -> NewWrit:
    share = row["доля"].split("/") if row["доля"] else None
    if share and not (len(share) == 2 and all(part.strip().isdigit() for part in share)):
        raise ValueError("доля записывается как 1/4")
    return NewWrit(
        body=body, debtor_id=debtor, claim=row["требование"], form=row["вид"], number=row["номер"],
        issued_on=_day(row["выдан"], "выдан"), issued_by=row["кем"], creditor_name=row["взыскатель"],
        creditor_inn=row["инн"], creditor_bik=row["бик"], creditor_account=row["счёт"],
        share_top=int(share[0]) if share else None, share_bottom=int(share[1]) if share else None,
        monthly_kopecks=_sum(row["в месяц"]), debt_kopecks=_sum(row["долг"]),
        percent=_whole(row["процент"]), first_day=_day(row["с"], "с") if row["с"] else on,
        last_day=_day(row["по"], "по") if row["по"] else None, minimum_group=row["минимум"],
    )  # fmt: skip


def _day(text: str, column: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"в графе «{column}» нужен день как 2026-03-05") from None


def _sum(text: str) -> int | None:
    try:
        return Money.of_roubles(text).kopecks if text else None
    except ValueError:
        raise ValueError(f"сумма «{text}» не читается, нужна как 12513,75") from None


def _whole(text: str) -> int | None:
    if text and not text.isdigit():
        raise ValueError("процент должен быть целым числом")
    return int(text) if text else None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Place in the file and cells by column, spaces off; a short row has empty cells."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise StatementRefused(reason=f"файл {path.name} больше 100 МБ")
        payload = path.read_bytes()
    except OSError as problem:
        raise StatementRefused(reason=f"файл {path} не читается ({problem.strerror}).") from problem
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = payload.decode("cp1251", errors="replace")
    reader = csv.reader(text.splitlines(), delimiter=";")
    head = [cell.strip().casefold() for cell in next(reader, [])]
    if missing := [name for name in NEEDED if name not in head]:
        raise StatementRefused(reason=f"в файле нет граф: {', '.join(missing)}.")
    for place, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            told = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            yield place, {name: told.get(name, "") for name in (*NEEDED, *MORE)}
