"""Take over the Fund's former register: COPY into temporary tables, then a statement per kind of fact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.public import Baseline, DocumentStatus, ReadDocument
from kazna.contexts.registers import baseline_sql as sql
from kazna.contexts.registers.contracts import BaselineAlreadyLoaded, BaselineRefused, BaselineReport, Progress
from kazna.contexts.registers.linkage import meeting_sql
from kazna.contexts.registers.linkage.candidates import learn_shares
from kazna.contexts.registers.models import Fact, LoadedBaseline
from kazna.plumbing.bulk import copy_rows, without_indexes

STEP = 5_000  # rows between two reports of progress
HOLDER = "sfr"


@transaction.atomic
def load_baseline(path: Path, *, on: date, progress: Progress) -> BaselineReport:
    """Take over the Fund's former register (own_baseline/1), once; publishes nothing.

    `progress(stage, done, total)` is called as rows go in. All or nothing: a cut-off load starts again.
    Raises BaselineAlreadyLoaded, BaselineRefused.
    """
    if loaded := LoadedBaseline.objects.filter(pk=True).first():
        raise BaselineAlreadyLoaded(as_of=loaded.as_of.strftime("%d.%m.%Y"), people=loaded.people)
    document = _read(path, on)
    baseline = document.baseline
    assert baseline is not None
    with connection.cursor() as cursor:
        cursor.execute(sql.TEMPORARY_TABLES)
        for table, columns in sql.COLUMNS.items():
            copy_rows(f"baseline_{table}", columns, _rows(baseline, table, columns, progress))
        _check_ties(cursor)
        is_first = not Fact.objects.exists()
        with without_indexes("registers_fact") if is_first else nullcontext():
            facts = _write(cursor, baseline, document, on, progress)
        cursor.execute(meeting_sql.REFRESH_ALL)
        learn_shares()
        cursor.execute("ANALYZE registers_meeting_key, registers_person, registers_fact, registers_known_name")
    people = baseline.counts["persons"]
    LoadedBaseline.objects.create(
        digest=document.digest, document_id=document.document_id, as_of=baseline.as_of, people=people, facts=facts
    )
    integration.accept(documents=[document])
    return BaselineReport(baseline.as_of, people, facts)


def _read(path: Path, on: date) -> ReadDocument:
    (document,) = integration.open_delivery(
        payload=path.read_bytes(),
        agency=HOLDER,
        file_name=path.name,
        content_type="application/zip",
        on=on,
        received_at=timezone.now(),
    )
    if document.status != DocumentStatus.RECEIVED or document.baseline is None:
        remarks = "; ".join(str(one) for one in document.remarks) or "архив не содержит исходных данных"
        raise BaselineRefused(remarks=remarks)
    return document


def _rows(baseline: Baseline, table: str, columns: tuple[str, ...], progress: Progress) -> Iterator[list[Any]]:
    """Rows in the order of the columns, empty cells as null."""
    total = baseline.counts[table]
    for done, row in enumerate(baseline.rows(table), start=1):
        yield [row[column] or None for column in columns]
        if done % STEP == 0 or done == total:
            progress(sql.TITLES[table], done, total)


def _check_ties(cursor: Any) -> None:
    cursor.execute(sql.STRANGERS)
    (strangers,) = cursor.fetchone()
    if strangers:
        raise BaselineRefused(remarks=f"сведений о людях, которых нет в таблице persons: {strangers}")


def _write(cursor: Any, baseline: Baseline, document: ReadDocument, on: date, progress: Progress) -> int:
    """Cards, names and facts; return the number of facts."""
    parameters = {
        "key": settings.KAZNA_PERSON_KEY,
        "as_of": baseline.as_of,
        "on": on,
        "document_id": document.document_id,
        "source": HOLDER,
    }
    statements = [*sql.CARDS, *sql.FACTS]
    facts = 0
    for done, statement in enumerate(statements, start=1):
        cursor.execute(statement, parameters)
        facts += cursor.rowcount if statement in sql.FACTS else 0
        progress("запись в реестр", done, len(statements))
    return facts
