"""Keep what was posted and answer for it later: many deliveries are then read in one go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.integration.actions.open_delivery import new_delivery, open_together
from kazna.contexts.integration.contracts import ReadDocument
from kazna.contexts.integration.models import IntakeDelivery
from kazna.contexts.integration.store import pack, unpack
from kazna.events.cause import Cause
from kazna.events.integration import MessageDelivered
from kazna.plumbing.outbox import publish

ANSWER = """
    UPDATE integration_delivery d SET protocol = told.protocol, documents = told.documents,
        duplicates = told.duplicates, payload = NULL, packing = 'none'
    FROM jsonb_to_recordset(%s) AS told(id uuid, protocol jsonb, documents int, duplicates int) WHERE d.id = told.id
"""


@transaction.atomic(savepoint=False)
def keep_delivery(
    *,
    payload: bytes,
    agency: str,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
    in_reply_to: UUID | None = None,
    delivery_id: UUID | None = None,
) -> UUID:
    """See `public.keep_delivery`."""
    delivery = new_delivery(
        payload=payload, agency=agency, file_name=file_name, content_type=content_type, on=on,
        received_at=received_at, in_reply_to=in_reply_to, delivery_id=delivery_id,
    )  # fmt: skip
    delivery.payload, delivery.packing = pack(payload)
    delivery.save(force_insert=True)
    publish(MessageDelivered(delivery.id, agency, on, Cause(None, received_at)))
    return delivery.id


def open_kept(delivery_ids: Sequence[UUID]) -> dict[UUID, list[ReadDocument]]:
    """See `public.open_kept`."""
    waiting = IntakeDelivery.objects.in_bulk(list(delivery_ids))
    rows = [waiting[one] for one in dict.fromkeys(delivery_ids) if waiting[one].protocol is None]
    opened: dict[UUID, list[ReadDocument]] = {}
    for (agency, on), group in groupby(sorted(rows, key=_sender_and_day), key=_sender_and_day):
        posts = [(row, unpack(row) or b"") for row in group]
        opened |= open_together(posts, agency=agency, on=on)
    return {row.id: opened[row.id] for row in rows}


def answer_kept(protocols: Mapping[UUID, Sequence[Mapping[str, Any]]]) -> None:
    """See `public.answer_kept`."""
    rows = [
        {
            "id": str(delivery_id),
            "protocol": list(lines),
            "documents": len(lines),
            "duplicates": sum(line["status"] == "duplicate" for line in lines),
        }
        for delivery_id, lines in protocols.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(ANSWER, [json.dumps(rows, ensure_ascii=False)])


def _sender_and_day(row: IntakeDelivery) -> tuple[str, date]:
    return row.agency, row.operating_day
