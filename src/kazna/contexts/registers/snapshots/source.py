"""One consistent reading of the register: people and versions of facts as Arrow batches, no row in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
from adbc_driver_postgresql import dbapi
from django.db import connection, transaction

from kazna.kernel.errors import DomainError

BATCH_BYTES = 16 << 20
LOCK_SECONDS = 20
PEOPLE = "SELECT id, territory FROM registers_person WHERE merged_into IS NULL"
VERSIONS = (
    "SELECT seq, kind, subject_id, object_id, source, thing, valid_from, valid_to, value, known_on, annulled"
    " FROM registers_fact WHERE seq > {since}"
)


class RegisterBusy(DomainError):
    """Writers did not let the reading begin in time."""

    sentence = "Реестр занят записью дольше {seconds} с; повторите снимок, когда загрузка закончится."


@dataclass(frozen=True, slots=True)
class Reading:
    """`last`: the newest version the reading sees. `most`: versions to come, numbers that were never used in it.

    Batches can be read once each.
    """

    last: int
    most: int
    people: Callable[[], Iterator[pa.RecordBatch]]
    versions: Callable[[], Iterator[pa.RecordBatch]]


@contextmanager
def reading(since: int) -> Iterator[Reading]:
    """A REPEATABLE READ transaction that sees every version numbered up to `last`, and none that comes later.

    Versions are numbered before they are committed, so for the moment in which the reading begins writers are held
    back: no lower number can appear after it. Raises RegisterBusy.
    """
    with dbapi.connect(_uri()) as source:
        with source.cursor() as cursor, _writers_held_back():
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT coalesce(max(seq), 0) FROM registers_fact")
            last = int(cursor.fetchone()[0])
        with source.cursor() as cursor:  # rows leave by one session in any case: workers would only hand them over
            cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        yield Reading(
            last, max(0, last - since), lambda: _batches(source, PEOPLE), lambda: _batches(source, VERSIONS, since)
        )
        source.rollback()


@contextmanager
def _writers_held_back() -> Iterator[None]:
    from django.db.utils import OperationalError

    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
                cursor.execute("LOCK TABLE registers_fact IN SHARE MODE")
            yield
    except OperationalError as refusal:
        raise RegisterBusy(seconds=LOCK_SECONDS) from refusal


def _batches(source: dbapi.Connection, sql: str, since: int = 0) -> Iterator[pa.RecordBatch]:
    """In no order. The next batch is read while this one is worked on."""
    with source.cursor() as cursor, ThreadPoolExecutor(1) as reader:
        cursor.adbc_statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": str(BATCH_BYTES)})
        cursor.execute(sql.format(since=int(since)))
        batches = cursor.fetch_record_batch()
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _uri() -> str:
    from urllib.parse import quote

    told = connection.settings_dict
    user, password = quote(told["USER"] or "", safe=""), quote(told["PASSWORD"] or "", safe="")
    host = told["HOST"] or "127.0.0.1"
    return f"postgresql://{user}:{password}@{host}:{told['PORT'] or 5432}/{quote(told['NAME'], safe='')}"
