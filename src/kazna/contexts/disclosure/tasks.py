"""Changes of subscribers are sent to the addresses of their agreements."""

from __future__ import annotations

from kazna.contexts.disclosure.models import Change
from kazna.plumbing import rounds
from kazna.plumbing.webhooks import EVERY_SECONDS, Parcel, send_waiting


@rounds.every(EVERY_SECONDS, name="disclosure.webhooks", always=True)
def send_changes() -> None:
    send_waiting(Change.objects.select_related("agreement").exclude(agreement__webhook_url=""), parcel_of)


def parcel_of(change: Change) -> Parcel:
    body = {
        "number": change.id, "agreement": change.agreement.number, "person_id": str(change.person_id),
        "kind": change.kind, "happened_at": change.happened_at.isoformat(),
    }  # fmt: skip
    return Parcel(change.agreement.webhook_url, change.agreement.webhook_secret, change.id, body)
