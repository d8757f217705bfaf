"""How a person wants to be told, and on which devices."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from kazna.contexts.notifications.contracts import ChannelsView, DeviceRefused
from kazna.contexts.notifications.models import Channels, Notice, PushDevice

MOST_DEVICES = 10
POINT, SECRET = 65, 16  # bytes: an uncompressed point of P-256 and the shared secret (RFC 8291)


def choose_channels(*, person_id: UUID, chosen: ChannelsView) -> None:
    """The last choice stands."""
    Channels.objects.update_or_create(
        person_id=person_id,
        defaults={
            "by_email": chosen.by_email,
            "by_push": chosen.by_push,
            "quiet_from": chosen.quiet_from,
            "quiet_to": chosen.quiet_to,
        },
    )


def add_device(*, person_id: UUID, endpoint: str, p256dh: str, auth: str, name: str) -> UUID:
    """Remember a browser's subscription; the same one again changes nothing. Raises DeviceRefused.

    We shall send requests to the address, so only known push services are taken, by HTTPS.
    """
    _must_be_push_service(endpoint)
    if (len(_bytes(p256dh)), len(_bytes(auth))) != (POINT, SECRET):
        raise DeviceRefused(why="ключи не того вида")
    if PushDevice.objects.filter(person_id=person_id).exclude(endpoint=endpoint).count() >= MOST_DEVICES:
        raise DeviceRefused(why=f"уже подписано {MOST_DEVICES} устройств, сначала отпишите лишнее")
    newest = Notice.objects.filter(recipient_id=person_id).order_by("-number").values_list("number", flat=True).first()
    device_id = uuid5(NAMESPACE_URL, endpoint)
    PushDevice.objects.update_or_create(
        id=device_id,
        defaults={
            "person_id": person_id,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "name": name.replace("\x00", "").strip()[:100] or "Браузер",
            "last_number": newest or 0,
        },
    )
    return device_id


def drop_device(*, person_id: UUID, device_id: UUID) -> None:
    """Only one's own; one that is not there is not there."""
    PushDevice.objects.filter(id=device_id, person_id=person_id).delete()


def _must_be_push_service(endpoint: str) -> None:
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise DeviceRefused(why="адрес не читается") from None
    host = (parts.hostname or "").lower()
    known = any(host == one or host.endswith("." + one) for one in settings.KAZNA_PUSH_HOSTS)
    if parts.scheme != "https" or port not in (None, 443) or parts.username or len(endpoint) > 500 or not known:
        raise DeviceRefused(why="служба сообщений этого браузера нам не знакома")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
