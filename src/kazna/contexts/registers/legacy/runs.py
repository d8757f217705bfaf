"""A run from its check to its end: approval by a second person, loading page by page, totals that must agree."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.registers.legacy import sql
from kazna.contexts.registers.legacy.check import Progress, keep_out_circles
from kazna.contexts.registers.legacy.errors import RunNotReady, RunUnknown
from kazna.contexts.registers.legacy.settle import Entered, settle
from kazna.contexts.registers.linkage import meeting_sql
from kazna.contexts.registers.linkage.candidates import learn_shares
from kazna.contexts.registers.models import LegacyRun

PAGE = 2_000
VERDICTS = {
    "accepted": "принята", "rejected": "отклонена", "duplicate_in_file": "повтор в файле", "in_base": "уже в реестре",
    "conflict": "расхождение",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LegacyTotals:
    """Rows and kopecks by verdict; `loaded_*` as rows say, `found_*` as the register itself says now."""

    rows: dict[str, int]
    kopecks: dict[str, int]
    loaded_rows: int
    loaded_facts: int
    loaded_kopecks: int
    found_facts: int
    found_kopecks: int

    @property
    def agrees(self) -> bool:
        """What was to go in is what came out."""
        return (self.loaded_facts, self.loaded_kopecks) == (self.found_facts, self.found_kopecks)


def run_of(run_id: UUID) -> LegacyRun:
    run = LegacyRun.objects.filter(id=run_id).first()
    if run is None:
        raise RunUnknown(run=run_id)
    return run


def approve(run_id: UUID, *, by: str, now: datetime) -> None:
    """A second person lets the accepted rows in. Raises RunUnknown, RunNotReady."""
    run = run_of(run_id)
    why = (
        "проверка не закончена" if not run.is_checked
        else "утверждает второй человек, не тот, кто проверял" if run.checked_by == by
        else "уже утверждён" if run.approved_by else ""
    )  # fmt: skip
    if why:
        raise RunNotReady(run=run_id, what="утвердить", why=why)
    LegacyRun.objects.filter(id=run_id).update(approved_by=by, approved_at=now)


def load(run_id: UUID, *, on: date, progress: Progress) -> LegacyTotals:
    """Enter the accepted rows; each page is a transaction, so a cut-off load goes on and a repeated one does nothing.

    What other sources tell otherwise is settled by precedence or waits for an officer; publishes FactsChanged and
    ConflictFound as a delivery does, many facts to an event. Raises RunUnknown, RunNotReady.
    """
    run = run_of(run_id)
    if not run.approved_by:
        raise RunNotReady(run=run_id, what="загрузить", why="его не утвердил второй человек")
    with transaction.atomic():  # the register may have learned of kinship since the check
        keep_out_circles(run_id)
    done = 0
    while count := _load_page(run, on):
        done += count
        progress("загрузка", done)
    if done:
        learn_shares()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE registers_person, registers_fact, registers_known_name, registers_meeting_key")
    return totals(run_id)


@transaction.atomic
def _load_page(run: LegacyRun, on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.PAGE, {"run": run.id, "size": PAGE})
        (rows,) = cursor.fetchone()
        if not rows:
            return 0
        cursor.execute(sql.PEOPLE, {"rows": rows})
        people = [person_id for (person_id,) in cursor.fetchall()]
        cursor.execute(sql.NAMES, {"people": people})
        cursor.execute(sql.FACTS, {"rows": rows, "source": run.source, "run": run.id, "on": on})
        entered = [Entered(*told) for told in cursor.fetchall()]
        cursor.execute(meeting_sql.FORGET, {"ids": people})
        cursor.execute(meeting_sql.REFRESH, {"ids": people})
        cursor.execute(sql.LOADED, {"rows": rows})
    settle(run, rows, entered, on)
    return len(rows)


def totals(run_id: UUID) -> LegacyTotals:
    """Source against loaded, in rows, facts and kopecks."""
    run_of(run_id)
    counts, kopecks = dict.fromkeys(VERDICTS, 0), dict.fromkeys(VERDICTS, 0)
    loaded = [0, 0]
    with connection.cursor() as cursor:
        cursor.execute(sql.TOTALS, [run_id])
        for verdict, is_loaded, count, money, _ in cursor.fetchall():
            counts[verdict] += count
            kopecks[verdict] += int(money)
            if is_loaded:
                loaded = [loaded[0] + count, loaded[1] + int(money)]
        cursor.execute(sql.DISTINCT_FACTS, [run_id])
        (facts,) = cursor.fetchone()
        cursor.execute(sql.FOUND_AGAIN, [run_id])
        found, money = cursor.fetchone()
    return LegacyTotals(counts, kopecks, loaded[0], int(facts), loaded[1], int(found), int(money))


def report_rows(run_id: UUID) -> Iterator[tuple[Any, ...]]:
    """(number, key, verdict, entered, why, kopecks) of every row, in the order of the file; pages of ten thousand."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql.REPORT, [run_id, last])
            page = cursor.fetchall()
        if not page:
            return
        for number, key, verdict, is_loaded, remarks, kopecks in page:
            yield number, key, VERDICTS[verdict], "да" if is_loaded else "", "; ".join(remarks), kopecks
        last = page[-1][0]


def write_report(run_id: UUID, path: Path) -> int:
    """The row report as CSV or, by its name, XLSX; a cell that a table would compute is made plain. Returns rows."""
    run_of(run_id)
    heading = ("строка", "номер дела", "что с ней", "загружена", "почему", "сумма, копеек")
    count = 0
    if path.suffix.lower() == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Строки")
        sheet.append(heading)
        for row in report_rows(run_id):
            sheet.append([_harmless(one) for one in row])
            count += 1
        book.save(path)
        return count
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=";")
        writer.writerow(heading)
        for row in report_rows(run_id):
            writer.writerow([_harmless(one) for one in row])
            count += 1
    return count


def _harmless(cell: Any) -> Any:
    """«=2+2» in a report is text, not a formula."""
    if isinstance(cell, str):
        plain = "".join(ch for ch in cell if ch >= " " or ch in "\t\n")
        return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain
    return cell
