"""Quarterly open data: figures of assignments with statistical disclosure control, in three formats with a passport."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from kazna.contexts.egisso import public as egisso
from kazna.contexts.portal.disclosure_control import SMALLEST, split, totals
from kazna.contexts.portal.models import OpenData
from kazna.kernel.columns import open_columns
from kazna.kernel.errors import DomainError

FIELDS = {
    "quarter": "Квартал", "region": "Код региона", "msz": "Код меры по КМСЗ", "form": "Код формы предоставления",
    "people": "Получателей", "facts": "Назначений", "amount_kopecks": "Сумма назначений, копеек",
}  # fmt: skip
QUARTER = re.compile(r"(\d{4})Q([1-4])")
Row = dict[str, Any]


class QuarterRefused(DomainError):
    sentence = "Квартал «{quarter}» не читается или ещё не закончился: пишите как 2026Q1."


def publish_data(quarter: str, *, on: date) -> OpenData:
    """Count a finished quarter and keep what may be published; repeated without harm. Raises QuarterRefused."""
    first, after = days_of(quarter)
    if after > on:
        raise QuarterRefused(quarter=quarter)
    rows = egisso.assignments_by_kind(since=first, until=after)
    kept, hidden = split(rows)
    told = [{"quarter": quarter, **row} for row in (*kept, *totals(rows, hidden))]
    found, _ = OpenData.objects.update_or_create(
        quarter=quarter, defaults={"rows": told, "hidden": len(hidden), "published_on": on}
    )
    return found


def quarter_before(day: date) -> str:
    """The quarter that ended last: "2026Q1" on any day of the second one."""
    number = (day.month - 1) // 3
    return f"{day.year}Q{number}" if number else f"{day.year - 1}Q4"


def days_of(quarter: str) -> tuple[date, date]:
    """First day of a quarter and the day after it. Raises QuarterRefused."""
    found = QUARTER.fullmatch(quarter)
    if not found:
        raise QuarterRefused(quarter=quarter)
    year, number = int(found[1]), int(found[2])
    if year < 1:
        raise QuarterRefused(quarter=quarter)
    last = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return date(year, number * 3 - 2, 1), last


def written(data: OpenData, kind: str) -> bytes:
    """The rows as csv, json or parquet. Raises KeyError for another kind."""
    return {"csv": _csv, "json": _json, "parquet": _parquet}[kind](data.rows)


def passport(data: OpenData) -> Row:
    """What the set is, for the portal of open data."""
    return {
        "identifier": f"kazna-assignments-{data.quarter}",
        "title": "Назначения мер социальной защиты по регионам, мерам и формам",
        "description": "Назначения, решения о которых загружены в квартале. Ячейки меньше пяти получателей опущены, "
        "а с ними и соседние, если опущенное можно найти вычитанием. Строка без меры и формы — итог региона.",
        "subject": "Социальная поддержка", "quarter": data.quarter, "modified": data.published_on.isoformat(),
        "valid": "до публикации следующего квартала", "format": ["csv", "json", "parquet"],
        "structure": [{"name": name, "title": title} for name, title in FIELDS.items()],
        "hidden_cells": data.hidden, "rows": len(data.rows), "smallest_cell": SMALLEST,
    }  # fmt: skip


def _csv(rows: list[Row]) -> bytes:
    box = io.StringIO()
    writer = csv.DictWriter(box, list(FIELDS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return box.getvalue().encode("utf-8-sig")


def _json(rows: list[Row]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _parquet(rows: list[Row]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        kinds = ("VARCHAR",) * 4 + ("BIGINT",) * 3
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(FIELDS, kinds, strict=True))
        with open_columns() as engine:
            engine.execute(f"CREATE TABLE told ({columns})")
            if rows:
                engine.executemany(f"INSERT INTO told VALUES ({', '.join('?' * len(FIELDS))})",
                                   [[row[name] for name in FIELDS] for row in rows])  # fmt: skip
            engine.execute(f"COPY told TO '{path}' (FORMAT parquet)")
        return path.read_bytes()
