"""Daily tables of the Fund and of the interior ministry, and the snapshot of the former register."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kazna.contexts.integration.checks.statements import statement_remarks
from kazna.contexts.integration.contracts import (
    Baseline,
    EmploymentReported,
    Kind,
    NewbornSnilsReported,
    PersonRef,
    Residence,
    ResidenceReported,
    Statement,
)
from kazna.contexts.integration.readers.elements import Placed
from kazna.contexts.integration.readers.people import snils
from kazna.contexts.integration.readers.refusals import Unreadable, unreadable
from kazna.contexts.integration.readers.tables import TableArchive, check_columns
from kazna.contexts.integration.remarks import Remark

Row = dict[str, str]
EMPLOYMENT = ("snils", "employer_inn", "event", "date", "reason")
NEWBORN = ("snils", "birth_act", "surname", "forename", "patronymic", "birth_date", "mother_snils")
RESIDENCE = ("snils", "region", "oktmo", "address", "moved_on")
BASELINE_FORMAT = "own_baseline/1"
BASELINE = {
    "persons": (
        "snils", "surname", "forename", "patronymic", "birth_date", "sex", "citizenship", "document_code",
        "document_number", "document_date", "document_issuer", "region", "oktmo", "address", "email", "bik", "account",
    ),
    "ties": ("kind", "snils", "other_snils", "role", "order", "valid_from", "valid_to", "act"),
    "facts": ("kind", "snils", "thing", "valid_from", "valid_to", "value"),
    "awards": ("number", "snils", "child_snils", "measure", "amount_kopecks", "valid_from", "valid_to"),
}  # fmt: skip


def employment(where: str, row: Row) -> Statement:
    """A row of own_sfr_employment/1: a hiring or a dismissal."""
    if row["event"] not in ("hired", "dismissed"):
        raise wrong_cell(where, "event", "содержит неизвестное событие", "hired или dismissed")
    return EmploymentReported(
        snils=number_of(row, "snils", where),
        employer_inn=row["employer_inn"],
        event=row["event"],
        happened_on=day_of(row, "date", where),
        reason=row["reason"] or None,
    )


def newborn_snils(where: str, row: Row) -> Statement:
    """A row of own_sfr_snils/1: СНИЛС opened for a newborn."""
    number = number_of(row, "snils", where)
    child = PersonRef(
        surname=row["surname"],
        forename=row["forename"],
        patronymic=row["patronymic"] or None,
        birth_date=day_of(row, "birth_date", where),
        snils=number,
    )
    return NewbornSnilsReported(child, number, row["birth_act"], snils(row["mother_snils"]))


def residence(where: str, row: Row) -> Statement:
    """A row of own_mvd_residence/1: registration at a place of living."""
    home = Residence(row["address"] or None, row["oktmo"] or None, row["region"] or None)
    return ResidenceReported(number_of(row, "snils", where), home, day_of(row, "moved_on", where))


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A daily table: the only holder it is taken from, its columns, how a row is read."""

    kind: Kind
    agency: str
    columns: tuple[str, ...]
    read: Callable[[str, Row], Statement]


TABLE_FORMATS = {
    "own_sfr_employment/1": TableFormat(Kind.EMPLOYMENT, "sfr", EMPLOYMENT, employment),
    "own_sfr_snils/1": TableFormat(Kind.NEWBORN_SNILS, "sfr", NEWBORN, newborn_snils),
    "own_mvd_residence/1": TableFormat(Kind.RESIDENCE, "mvd", RESIDENCE, residence),
}


def read_rows(tables: TableArchive, form: TableFormat, on: date) -> tuple[list[Statement], list[Remark]]:
    """Statements of the good rows and remarks about the others.

    A bad row does not hold the rest of its table: it is left out, and the remark says so.
    Raises Unreadable when the table itself is wrong.
    """
    statements: list[Statement] = []
    remarks: list[Remark] = []
    for where, row in tables.rows(only_table(tables), form.columns):
        try:
            statement = form.read(where, row)
            found = list(statement_remarks(Placed(where, statement), on))
        except Unreadable as refusal:
            found = list(refusal.remarks)
        if any(one.is_refusal for one in found):
            remarks += [replace(one, is_refusal=False, what=f"{one.what} Строка пропущена.") for one in found]
        else:
            statements.append(statement)
            remarks += found
    return statements, remarks


def baseline(tables: TableArchive, payload: bytes) -> Baseline:
    """own_baseline/1: the snapshot itself, its headings checked; rows are read by whoever records them."""
    for table, columns in BASELINE.items():
        if table not in tables.counts:
            raise unreadable("table_manifest", "manifest.json", detail=f"нет файла «{table}.csv»")
        heading = next(iter(tables.archive.open(f"{table}.csv")), b"").decode("utf-8").strip()
        check_columns(table, heading.split(","), columns)
    return Baseline(tables.region, tables.as_of, tables.counts, payload)


def only_table(tables: TableArchive) -> str:
    """A daily archive holds one table, whatever its name."""
    if len(tables.counts) != 1:
        raise unreadable("table_manifest", "manifest.json", detail="ожидается ровно одна таблица")
    return next(iter(tables.counts))


def number_of(row: Row, column: str, where: str) -> str:
    number = snils(row[column])
    if not number or not re.fullmatch(r"\d{11}", number):
        raise wrong_cell(where, column, "не похож на СНИЛС", "одиннадцать цифр")
    return number


def day_of(row: Row, column: str, where: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError as problem:
        raise wrong_cell(where, column, f"не читается: «{row[column][:30]}»", "дата вида 2025-03-14") from problem


def wrong_cell(where: str, column: str, problem: str, expected: str) -> Exception:
    return unreadable("table_cell", where, column=column, problem=problem, expected=expected)
