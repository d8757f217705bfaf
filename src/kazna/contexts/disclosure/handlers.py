"""Changes for subscribers: one statement per batch of events, whatever their number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import connection

from kazna.events.cases import AwardGranted, AwardStopped
from kazna.events.payments import PaymentCredited
from kazna.events.registers import FactsChanged
from kazna.plumbing.codec import to_plain
from kazna.plumbing.outbox import consumes, persons_of

SUBSCRIBED = "SELECT DISTINCT person_id FROM disclosure_subscription WHERE person_id = ANY(%s::uuid[])"
TELL = """
    INSERT INTO disclosure_change (agreement_id, person_id, kind, digest)
    SELECT s.agreement_id, s.person_id, told.kind, told.digest
    FROM jsonb_to_recordset(%s) AS told(person_id uuid, kind text, digest text)
    JOIN disclosure_subscription s ON s.person_id = told.person_id
    JOIN disclosure_agreement a ON a.id = s.agreement_id AND a.changes ? told.kind
    ON CONFLICT (agreement_id, person_id, digest) DO NOTHING
"""


def tell(events: Sequence[Any]) -> None:
    """Repeatable: an event told twice is one change."""
    about = [(event, persons_of(event)) for event in events]
    with connection.cursor() as cursor:
        cursor.execute(SUBSCRIBED, [list({person for _, persons in about for person in persons})])
        wanted = {person for (person,) in cursor.fetchall()}
        rows = [
            {"person_id": str(person), "kind": type(event).__name__, "digest": digest}
            for event, persons in about
            if not wanted.isdisjoint(persons)
            for digest in [_digest(event)]
            for person in persons
            if person in wanted
        ]
        if rows:
            cursor.execute(TELL, [json.dumps(rows)])


def _digest(event: Any) -> str:
    return sha256(json.dumps(to_plain(event), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


for _kind in (FactsChanged, AwardGranted, AwardStopped, PaymentCredited):
    consumes(_kind, name=f"disclosure.on_{_kind.__name__.lower()}", stage=0)(tell)
