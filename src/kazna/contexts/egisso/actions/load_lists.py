"""Lists an operator loads from CSV: simple classifiers and the participants of the exchange."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from kazna.contexts.egisso.classifier.lists import LISTS, read_list
from kazna.kernel.errors import DomainError

PARTICIPANT = re.compile(r"[A-HJ-NP-Z0-9]{4}\.\d{6}")
CODES = """
    INSERT INTO egisso_list_code (list, code, name, known_from, known_to)
    SELECT list, code, name, known_from, known_to FROM jsonb_to_recordset(%s::jsonb)
        AS r(list text, code text, name text, known_from date, known_to date)
    ON CONFLICT (list, code) DO UPDATE SET
        name = EXCLUDED.name, known_from = EXCLUDED.known_from, known_to = EXCLUDED.known_to
"""
BODIES = """
    INSERT INTO egisso_body (code, title, oktmo, territory, point_id, certificates, succeeds, recorded_on)
    SELECT code, title, oktmo, territory, point_id, certificates, succeeds, recorded_on
    FROM jsonb_to_recordset(%s::jsonb) AS r(code text, title text, oktmo text, territory text, point_id uuid,
        certificates jsonb, succeeds jsonb, recorded_on date)
    ON CONFLICT (code) DO UPDATE SET title = EXCLUDED.title, oktmo = EXCLUDED.oktmo, territory = EXCLUDED.territory,
        point_id = EXCLUDED.point_id, certificates = EXCLUDED.certificates, succeeds = EXCLUDED.succeeds
"""


class ListRefused(DomainError):
    sentence = "{file}: {why}"


@transaction.atomic
def load_list(name: str, path: Path) -> int:
    """The rows of a simple list; the same code again is brought in line."""
    if name not in LISTS:
        raise ListRefused(file=path.name, why=f"перечня «{name}» нет; есть {', '.join(sorted(LISTS))}.")
    try:
        rows = {row[1]: row for row in read_list(path, name)}
    except (KeyError, UnicodeDecodeError) as problem:
        raise ListRefused(file=path.name, why="нужна таблица CSV в UTF-8 со столбцами code, name.") from problem
    plain = [
        {"list": name, "code": code, "name": title, "known_from": first or None, "known_to": last or None}
        for _, code, title, first, last in rows.values()
        if code
    ]
    _save(CODES, plain)
    return len(plain)


@transaction.atomic
def load_bodies(path: Path, *, on: date) -> int:
    """The participants, one row each."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(_bodies(csv.DictReader(file), path, on))
    except (KeyError, UnicodeDecodeError) as problem:
        raise ListRefused(file=path.name, why="нужна таблица CSV в UTF-8 со столбцами code, title.") from problem
    _save(BODIES, rows)
    return len(rows)


def _bodies(reader: csv.DictReader[str], path: Path, on: date) -> Iterator[dict[str, Any]]:
    for row in reader:
        code = row["code"].strip()
        if not PARTICIPANT.fullmatch(code):
            raise ListRefused(
                file=path.name, why=f"строка {reader.line_num}: код «{code}» не вида NNNN.NNNNNN, например 0001.000001."
            )
        yield {
            "code": code, "title": row.get("title") or "", "oktmo": row.get("oktmo") or "",
            "territory": row.get("territory") or "", "point_id": row.get("point_id") or None,
            "certificates": (row.get("certificates") or "").split(), "succeeds": (row.get("succeeds") or "").split(),
            "recorded_on": row.get("recorded_on") or on.isoformat(),
        }  # fmt: skip


def _save(statement: str, rows: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, ensure_ascii=False)])
