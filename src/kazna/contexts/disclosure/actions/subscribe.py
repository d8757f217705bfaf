"""A consumer hears of changes about a person, by cursor and by webhook."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kazna.contexts.audit import public as audit
from kazna.contexts.disclosure.actions.disclose import reachable
from kazna.contexts.disclosure.contracts import ChangeView, ConsumerRefused
from kazna.contexts.disclosure.models import Agreement, Change, Subscription
from kazna.plumbing.access import Viewer, acting_as


@transaction.atomic
def subscribe(agreement: Agreement, *, snils: str, now: datetime) -> UUID:
    """The person's id for later changes; repeatable. Raises ConsumerRefused, PersonNotDisclosed, ConsentMissing."""
    if not agreement.changes:
        raise ConsumerRefused(what="Соглашение не разрешает подписку на изменения.")
    card = reachable(agreement, snils)
    with acting_as(Viewer("agency", agreement.consumer_id)):
        _row, is_new = Subscription.objects.get_or_create(
            agreement=agreement, person_id=card.person_id, defaults={"since": now}
        )
        if is_new:
            purpose = f"Подписка на изменения: {agreement.purpose}"
            audit.record(
                [
                    audit.NewEntry(
                        act="disclose", login=agreement.consumer_id, role="agency", body=agreement.consumer_id,
                        person_id=card.person_id, purpose=purpose,
                    )
                ]
            )  # fmt: skip
    return card.person_id


def unsubscribe(agreement: Agreement, *, person_id: UUID) -> bool:
    with acting_as(Viewer("agency", agreement.consumer_id)):
        gone, _ = Subscription.objects.filter(agreement=agreement, person_id=person_id).delete()
    return bool(gone)


def changes(agreement: Agreement, *, after: int, limit: int) -> list[ChangeView]:
    """Changes after a number, the oldest first: the same cursor gives the same answer."""
    with acting_as(Viewer("agency", agreement.consumer_id)):
        rows = Change.objects.filter(agreement=agreement, id__gt=after).order_by("id")[:limit]
        return [ChangeView(row.id, row.person_id, row.kind, row.happened_at) for row in rows]
