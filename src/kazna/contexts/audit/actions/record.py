"""Add acts to the journal."""

import json
from collections.abc import Sequence
from dataclasses import fields

from django.db import connection, transaction

from kazna.contexts.audit.contracts import NewEntry

TOLD = tuple(field.name for field in fields(NewEntry))
LENGTHS = {"login": 60, "screen": 300, "purpose": 300, "thing": 100}


APPEND = "SELECT audit_append(%s::jsonb)"
NOT_FLUSHED = ", set_config('synchronous_commit', 'off', true)"
FLUSH = "SELECT pg_logical_emit_message(false, 'kazna', '', true)"


@transaction.atomic(savepoint=False)  # one statement: in a transaction that is open it needs no savepoint
def record(entries: Sequence[NewEntry], *, is_flushed_later: bool = False) -> int:
    """Append entries in the given order and return the last number given.

    The chain's head stays locked until the transaction ends, so callers record last and commit at once.
    `is_flushed_later`: the transaction does not wait for the disk while it holds the chain; whoever says so calls
    `flush` after it, before anybody is shown what the entries tell of.
    """
    rows = [{name: _plain(name, getattr(entry, name)) for name in TOLD} for entry in entries]
    with connection.cursor() as cursor:
        cursor.execute(APPEND + NOT_FLUSHED * is_flushed_later, [json.dumps(rows, ensure_ascii=False)])
        return int(cursor.fetchone()[0])


def flush() -> None:
    """Return when all that has been committed, by whomever, is on the disk; many wait for one write of it."""
    with connection.cursor() as cursor:
        cursor.execute(FLUSH)


def _plain(name: str, value: object) -> str | None:
    """Text that the column holds: ids as text, long or unprintable visitors' input cut to size."""
    if value is None:
        return None
    return str(value).replace("\x00", "\N{REPLACEMENT CHARACTER}")[: LENGTHS.get(name, 40)]
