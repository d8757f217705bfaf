"""Our books against a statement of the Treasury: every register and line of the budget, to the kopeck.

The file is own_treasury/1: CSV in UTF-8 or Windows-1251 with `;`, a head, and columns дата;документ;кбк;сумма.
A document is the number of a register of ours, a sum is in roubles; money that came back is below zero.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from kazna.contexts.payments.contracts import Discrepancy, StatementRefused
from kazna.kernel.money import Money, roubles_and_kopecks

COLUMNS = ["дата", "документ", "кбк", "сумма"]
MOST_BYTES = 200 * 1024 * 1024

# What left for the bank less what it sent back, by register and budget line.
OURS = """
    SELECT r.number, e.kbk, sum(CASE WHEN p.kind IN ('sent', 'writ_sent') THEN e.amount_kopecks ELSE -e.amount_kopecks
        END)::bigint
    FROM payments_ledger_posting p JOIN payments_register r ON r.id = p.register_id
    JOIN payments_ledger_entry e ON e.posting_id = p.number
    WHERE (p.kind IN ('sent', 'writ_sent') AND e.account LIKE 'transit:%%')
       OR (p.kind IN ('writ_back', 'writ_late') AND e.account LIKE 'creditor:%%' AND e.amount_kopecks > 0)
       OR (p.kind IN ('returned', 'back_late', 'back_over', 'back_debt', 'back_off', 'refunded')
           AND e.account LIKE 'payable:%%' AND e.amount_kopecks > 0)
    GROUP BY r.number, e.kbk
    HAVING bool_or(p."on" BETWEEN %(first)s AND %(last)s)
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows read, rows put aside with their reason, differences found; `kopecks` of what agrees."""

    rows: int
    refused: list[str]
    differences: list[Discrepancy]
    kopecks: int


def compare(path: Path) -> Compared:
    """Compare; malformed rows are put aside and the rest goes on. Raises StatementRefused for an unreadable file."""
    theirs: Counter[tuple[str, str]] = Counter()
    refused: list[str] = []
    days: list[date] = []
    count = 0
    for place, row in _rows(path):
        count += 1
        try:
            day, document, kbk, kopecks = _read(row)
        except ValueError as problem:
            refused.append(f"строка {place}: {problem}")
            continue
        days.append(day)
        theirs[document, kbk] += kopecks
    ours = _ours(min(days), max(days)) if days else {}
    found, agreed = [], 0
    for key in sorted(theirs.keys() | ours.keys()):
        if theirs.get(key) == ours.get(key):
            agreed += ours[key]
            continue
        subject = f"реестр {key[0]}, КБК {key[1]}"
        check = "Казначейство знает то же, что и мы" if key in theirs else "Казначейство провело каждый наш реестр"
        found.append(Discrepancy(check, subject, _told(ours.get(key)), _told(theirs.get(key))))
    return Compared(count, refused, found, agreed)


def _ours(first: date, last: date) -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(OURS, {"first": first, "last": last})
        return {(number, kbk): kopecks for number, kbk, kopecks in cursor.fetchall()}


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise StatementRefused(reason=f"файл {path.name} больше 200 МБ; разделите его.")
        payload = path.read_bytes()
    except OSError as problem:
        raise StatementRefused(reason=f"файл {path.name} не читается ({problem.strerror}).") from problem
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = payload.decode("cp1251", errors="replace")
    table = csv.reader(text.splitlines(), delimiter=";")
    head = [cell.strip().lower() for cell in next(table, [])]
    if head[: len(COLUMNS)] != COLUMNS:
        raise StatementRefused(reason=f"в первой строке должны стоять столбцы {';'.join(COLUMNS)}.")
    for place, row in enumerate(table, 2):
        if any(cell.strip() for cell in row):
            yield place, row


def _read(row: list[str]) -> tuple[date, str, str, int]:
    if len(row) < len(COLUMNS):
        raise ValueError(f"столбцов {len(row)}, нужно {len(COLUMNS)}")
    day, document, kbk, roubles = (cell.strip() for cell in row[: len(COLUMNS)])
    if len(kbk) != 20 or not kbk.isdigit():
        raise ValueError(f"КБК «{kbk[:30]}» — нужно 20 цифр")
    try:
        return date.fromisoformat(day), document, kbk, _kopecks(roubles)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"дата «{day[:20]}» или сумма «{roubles[:30]}» не читается") from None


def _kopecks(roubles: str) -> int:
    sign = -1 if roubles.startswith("-") else 1
    return sign * Money.of_roubles(roubles.lstrip("-")).kopecks


def _told(kopecks: int | None) -> str:
    return "нет" if kopecks is None else roubles_and_kopecks(kopecks)
