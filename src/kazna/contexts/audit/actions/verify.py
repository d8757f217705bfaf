"""Walk the chain and find the first row that was changed, removed or inserted."""

from hashlib import sha256

from django.db import connection, transaction

from kazna.contexts.audit.contracts import ChainReport

ROWS_AT_ONCE = 5000


@transaction.atomic
def verify() -> ChainReport:
    """Recompute every hash in order, streaming; compare the end with the stored head."""
    rows, previous = 0, b""
    with connection.chunked_cursor() as cursor:
        cursor.itersize = ROWS_AT_ONCE
        cursor.execute("SELECT e.seq, audit_canonical(e), e.hash FROM audit_entry e ORDER BY e.seq")
        while batch := cursor.fetchmany(ROWS_AT_ONCE):
            for seq, canonical, stored in batch:
                rows += 1
                if seq != rows:
                    return ChainReport(rows, rows, previous.hex())
                previous = sha256(previous + canonical.encode()).digest()
                if previous != bytes(stored):
                    return ChainReport(rows, seq, previous.hex())
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_head")
        head = cursor.fetchone()
    head_seq, head_hash = (head[0], bytes(head[1])) if head else (0, b"")
    whole = (head_seq, head_hash) == (rows, previous)
    return ChainReport(rows, None if whole else rows + 1, previous.hex())
