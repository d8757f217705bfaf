"""Put notices into the inboxes, each once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from kazna.contexts.notifications.contracts import NewNotice
from kazna.contexts.notifications.models import Notice
from kazna.kernel.named_ids import named_id
from kazna.plumbing.new_rows import fresh, insert_all

SPACE = uuid5(NAMESPACE_URL, "kazna/notices").bytes


def notice_id(key: str) -> UUID:
    """The id of the notice under a key: known before it is written."""
    return named_id(SPACE, key)


@transaction.atomic
def write_notices(notices: Sequence[NewNotice]) -> None:
    """Write those whose key is new, in the order given; the rest change nothing."""
    insert_all(
        [
            fresh(
                Notice,
                id=notice_id(notice.key),
                recipient_id=notice.recipient_id,
                key=notice.key,
                title=notice.title,
                happened=notice.happened,
                why=notice.why,
                next_step=notice.next_step,
                link=notice.link,
                told_on=notice.on,
                email=notice.email,
                document_id=notice.cause.document_id,
                received_at=notice.cause.received_at,
            )
            for notice in notices
        ],
        unless=["key"],
    )
